import { SentenceError } from '../../contracts/texts.ts'

/** Something pasted cannot be taken; `sentence` says why. */
export class UnreadableError extends SentenceError {
  override readonly name = 'UnreadableError'
}
