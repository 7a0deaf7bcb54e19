import { connect } from 'node:net'
import { text } from 'node:stream/consumers'

/** Sends these lines as they are, and gives what comes back until the connection ends. */
export const rawRequest = async (port: number, lines: readonly string[]): Promise<string> => {
  const socket = connect(port, '127.0.0.1')
  socket.write(lines.join('\r\n'))

  return text(socket)
}
