import type { Io } from './command-line.ts'

/** One line that changes, on a terminal only; an empty one takes it away. */
export const progress =
  ({ stderr }: Io) =>
  (text: string): void => {
    if (stderr.isTTY) stderr.write(`\r\u001b[2K${text.slice(0, 100)}`)
  }
