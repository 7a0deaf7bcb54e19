/**
 * A merchant's receiver over node:net: it sees a callback as bytes, and answers with whatever bytes
 * it is told to.
 */
import { EventEmitter, once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { placeOf } from '../../contracts/loopback.ts'

export type Callback = {
  /** Request line and headers as they came, without the line ends. */
  lines: readonly string[]
  /** By the spelling of WeChat Pay. */
  headers: Readonly<Record<string, string>>
  body: string
}

/** A status, bytes as they are, or `hang up`. */
type Answer = number | string | 'hang up'

type Answering = (callback: Callback, count: number) => Answer | Promise<Answer>

/** Answers 204 unless told otherwise; closed after the test. */
export const startReceiver = async (answer: Answering = () => 204) => {
  const received: Callback[] = []
  const events = new EventEmitter()
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    let bytes = Buffer.alloc(0)
    socket.on('error', () => {})
    socket.on('data', async (more) => {
      bytes = Buffer.concat([bytes, more])
      const callback = readCallback(bytes)
      if (!callback) return
      received.push(callback)
      events.emit('callback')
      reply(socket, await answer(callback, received.length))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const { port, url } = placeOf(server.address())

  return {
    port,
    url: `${url}/notify`,
    received,
    /** Resolves when so many callbacks have come. */
    arrived: async (count: number): Promise<void> => {
      while (received.length < count) await once(events, 'callback')
    },
  }
}

const reply = (socket: Socket, answer: Answer) => {
  if (answer === 'hang up') socket.destroy()
  else if (typeof answer === 'string') socket.end(answer)
  else socket.end(`HTTP/1.1 ${answer} Whatever\r\nContent-Length: 0\r\n\r\n`)
}

const readCallback = (bytes: Buffer): Callback | undefined => {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const lines = bytes.subarray(0, end).toString('latin1').split('\r\n')
  const headers = Object.fromEntries(
    lines.slice(1).map((line) => [line.slice(0, line.indexOf(': ')), line.split(': ')[1] ?? '']),
  )
  const body = bytes.subarray(end + 4)

  return body.length < Number(headers['Content-Length'])
    ? undefined
    : { lines, headers, body: body.toString() }
}
