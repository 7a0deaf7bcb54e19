import { SentenceError } from '../../contracts/texts.ts'

/** The state folder cannot be used, or a change could not be written and has not happened. */
export class StateError extends SentenceError {
  override readonly name = 'StateError'
}
