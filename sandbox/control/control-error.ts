import { SentenceError } from '../../contracts/texts.ts'

/** Something that the control API was asked for and cannot do. */
export class ControlError extends SentenceError {
  override readonly name: string = 'ControlError'
}

/** What it was asked about does not exist. */
export class UnknownError extends ControlError {
  override readonly name = 'UnknownError'
}
