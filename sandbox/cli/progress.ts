/** One line that changes, on a terminal only; an empty one takes it away. */
export const progress = (text: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text.slice(0, 100)}`)
}
