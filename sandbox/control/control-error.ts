import { SentenceError } from '../../contracts/texts.ts'

/** Something that the control API was asked for and cannot do. */
export class ControlError extends SentenceError {
  override readonly name: string = 'ControlError'
}

/** More than it reads. */
export class TooLargeError extends ControlError {
  override readonly name = 'TooLargeError'
}

/** What it was asked about does not exist. */
export class UnknownError extends ControlError {
  override readonly name = 'UnknownError'
}
