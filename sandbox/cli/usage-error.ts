import { SentenceError } from '../../contracts/texts.ts'

/** What was asked for cannot be understood: said in the reader's language, with status 2. */
export class UsageError extends SentenceError {
  override readonly name = 'UsageError'
}
