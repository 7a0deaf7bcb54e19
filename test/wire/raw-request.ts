/**
 * HTTP as bytes over node:net: nothing between a test and the wire that could tidy a name, a
 * target or a body.
 */
import { once } from 'node:events'
import { connect } from 'node:net'
import { onTestFinished } from 'vitest'

export type RawRequest = {
  method?: string
  target?: string
  version?: '1.0' | '1.1'
  /** Beside Host, User-Agent, Accept and Content-Length; `undefined` leaves one of these out. */
  headers?: Record<string, string | readonly string[] | undefined>
  body?: string | Uint8Array
}

export type RawAnswer = {
  status: number
  /** Status line and headers as they came, without the line ends. */
  lines: readonly string[]
  /** By the exact spelling of its name; `undefined` when it is not there. */
  header(name: string): string | undefined
  body: string
}

/** The bytes of a request, each header as it is spelled here. */
export const requestBytes = ({
  method = 'GET',
  target = '/v3/certificates',
  version = '1.1',
  headers = {},
  body = '',
}: RawRequest = {}): Buffer => {
  const bytes = Buffer.from(body)
  const all = {
    Host: '127.0.0.1',
    'User-Agent': 'raw',
    Accept: 'application/json',
    ...((method === 'POST' || bytes.length > 0) && { 'Content-Length': String(bytes.length) }),
    ...headers,
  }
  const lines = Object.entries(all).flatMap(([name, value]) =>
    [value ?? []].flat().map((each) => `${name}: ${each}\r\n`),
  )

  return Buffer.concat([
    Buffer.from(`${method} ${target} HTTP/${version}\r\n${lines.join('')}\r\n`),
    bytes,
  ])
}

/** A connection of its own, closed after the test. `next` reads one answer after the other. */
export const openSocket = async (port: number) => {
  const socket = connect(port, '127.0.0.1')
  onTestFinished(() => {
    socket.destroy()
  })
  let received: Buffer = Buffer.alloc(0)
  let closed = false
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk])
  })
  socket.on('error', () => {})
  socket.on('close', () => {
    closed = true
  })
  await once(socket, 'connect')

  const change = () =>
    new Promise<void>((resolve) => {
      const done = () => {
        socket.off('data', done).off('close', done)
        resolve()
      }
      socket.on('data', done).on('close', done)
    })

  return {
    write: (bytes: string | Uint8Array) => {
      socket.write(bytes)
    },
    /** Says that nothing more will come. */
    end: () => {
      socket.end()
    },
    destroy: () => {
      socket.destroy()
    },
    next: async (): Promise<RawAnswer> => {
      for (;;) {
        const read = readAnswer(received, closed)
        if (read) {
          received = read.rest
          return read.answer
        }
        if (closed) throw new Error(`The connection ended after ${received.length} bytes.`)
        await change()
      }
    },
    /** Resolves when the other side hangs up; with what it sent beside the answers that were read. */
    closed: async (): Promise<string> => {
      while (!closed) await change()
      return received.toString()
    },
  }
}

const readAnswer = (received: Buffer, closed: boolean) => {
  const end = received.indexOf('\r\n\r\n')
  if (end < 0) return undefined

  const lines = received.subarray(0, end).toString('latin1').split('\r\n')
  const header = (name: string) =>
    lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2)
  const status = Number(lines[0]?.split(' ')[1])
  const rest = received.subarray(end + 4)
  const isEmpty = status === 204 || status < 200
  const length = isEmpty ? 0 : Number(header('Content-Length') ?? (closed ? rest.length : Infinity))
  if (rest.length < length) return undefined

  return {
    answer: { status, lines, header, body: rest.subarray(0, length).toString() },
    rest: rest.subarray(length),
  }
}

/** Sends one request over a connection of its own. */
export const send = async (
  port: number,
  request: RawRequest | string | Buffer,
): Promise<RawAnswer> => {
  const isBytes = typeof request === 'string' || Buffer.isBuffer(request)
  const socket = await openSocket(port)
  socket.write(isBytes ? request : requestBytes(request))
  const answer = await socket.next()
  socket.destroy()

  return answer
}
