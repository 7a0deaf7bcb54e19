/**
 * Three ways to the same sandbox: a socket, `fetch` in-process, and Node's own fetch behind msw.
 * Each has a twin of its own, so that all three see the same requests.
 * @module
 */
import { setupServer } from 'msw/node'
import { inject, onTestFinished } from 'vitest'
import { sandboxHandlers } from '../../sandbox/msw.ts'
import { createSandbox, type SandboxOptions } from '../../sandbox/sandbox.ts'
import { openSocket, requestBytes } from '../wire/raw-request.ts'
import type { AnyRequest } from './any-request.ts'

/** What of an answer is the same at every door. */
export type DoorAnswer = { status: number; headers: string[]; body: string }

const wechatpay = 'https://api.mch.weixin.qq.com'
const longestAnswer = 20_000

/** Rejects where nothing comes: whoever calls must not wait for ever. */
const inTime = async <Result>(answer: Promise<Result>): Promise<Result> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('There was no answer.')), longestAnswer)
  })
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}

/** Those of a connection, and of the moment. */
const ofTheWire = ['date', 'connection', 'keep-alive', 'transfer-encoding', 'content-length']
const ofTheMoment = ['wechatpay-nonce', 'wechatpay-signature', 'wechatpay-timestamp']

const seen = (status: number, headers: Iterable<[string, string]>, body: string): DoorAnswer => {
  const shown = [...headers]
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => !ofTheWire.includes(name))
    .map(([name, value]) => {
      if (ofTheMoment.includes(name)) return name
      return `${name}: ${name === 'request-id' ? value.replace(/.*-/, '') : value}`
    })

  return { status, headers: shown.toSorted(), body: body.replace(sealed, '"$1":"sealed anew!"') }
}

/** What is sealed is sealed anew each time. */
const sealed = /"(nonce|ciphertext)":"[^"]*"/g

const answerOf = async (response: Response) =>
  seen(response.status, response.headers, await response.text())

/** The request for Fetch; nothing where Fetch would send another than a socket does. */
export const asFetch = ({ method, target, headers, body }: AnyRequest): Request | undefined => {
  if (target.includes('#')) return undefined
  if (body.length > 0 && (method === 'GET' || method === 'HEAD')) return undefined
  try {
    const request = new Request(`${wechatpay}${target}`, {
      method,
      headers: headers.map(([name, value]) => [name, value]),
      // Without a type of its own, as on a socket.
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    })
    return request.url === `${wechatpay}${target}` ? request : undefined
  } catch {
    return undefined
  }
}

/** A socket that is opened anew when the sandbox closes it. */
const socketTo = (port: number) => {
  let opened: ReturnType<typeof openSocket> | undefined

  return async ({ headers, ...request }: AnyRequest): Promise<DoorAnswer> => {
    opened ??= openSocket(port)
    const socket = await opened
    const lists: Record<string, string[] | undefined> = {
      'User-Agent': undefined,
      Accept: undefined,
    }
    for (const [name, value] of headers) lists[name] = [...(lists[name] ?? []), value]
    try {
      socket.write(requestBytes({ ...request, headers: lists }))
      const { status, lines, body } = await inTime(socket.next())
      const answered = lines.slice(1).map((line): [string, string] => {
        const at = line.indexOf(': ')
        return [line.slice(0, at), line.slice(at + 2)]
      })
      // What is no HTTP is answered by Node, not in one piece or for the last time.
      if (answered.every(([name]) => name !== 'Server')) {
        opened = undefined
        socket.destroy()
      }
      return seen(status, answered, body)
    } catch (error) {
      opened = undefined
      socket.destroy()
      throw error
    }
  }
}

/** What Node's fetch adds where it is missing; it adds nothing to what names its host. */
const added = ['user-agent', 'accept', 'accept-language']

/** The three doors, each with a twin of the sandbox behind it; the first is also watched. */
export const openDoors = async (options: SandboxOptions, watch: SandboxOptions) => {
  const open = async (more: SandboxOptions = {}) => {
    const sandbox = await createSandbox({ ...options, ...more, dir: inject('credentials') })
    onTestFinished(() => sandbox.close())
    return sandbox
  }
  const [socket, inProcess, intercepted] = [await open(watch), await open(), await open()]
  const { port } = await socket.listen()
  const server = setupServer(...sandboxHandlers(intercepted))
  server.listen({ onUnhandledRequest: 'bypass' })
  onTestFinished(() => server.close())

  return {
    twins: [socket, inProcess, intercepted] as const,
    bySocket: socketTo(port),
    inProcess: async (request: Request) => answerOf(await inTime(inProcess.fetch(request))),
    byMsw: async (request: Request) => {
      if (added.some((name) => !request.headers.has(name))) {
        request.headers.set('Host', new URL(request.url).host)
      }
      return answerOf(await inTime(fetch(request)))
    },
  }
}
