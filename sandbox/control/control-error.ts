/** Something that the control API was asked for and cannot do. */
export class ControlError extends Error {
  override readonly name = 'ControlError'
}
