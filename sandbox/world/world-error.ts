import { SentenceError } from '../../contracts/texts.ts'

/** A world that cannot be taken: damaged, of another program, or of another version. */
export class WorldError extends SentenceError {
  override readonly name = 'WorldError'
}
