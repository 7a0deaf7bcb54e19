/** Stands between a client and a sandbox, and loses a POST or its answer, as networks do. */
import type { Send } from '../../client/index.ts'
import { holdTimers } from './client-timers.ts'

/** What becomes of a POST, or of its answer once it was carried out. */
export type Loss =
  | 'never arrives'
  | 'loses its answer'
  | 'is answered half'
  | 'is never answered'
  | 'is answered 502'
  | 'gets a forged answer'

/** `next` is what becomes of the next POST; `posts` are those that arrived. */
export type LosingNetwork = { fetch: Send; next: Loss | undefined; posts: string[] }

export const createLosingNetwork = (deliver: Send): LosingNetwork => {
  const { passTimeout } = holdTimers()

  const network: LosingNetwork = {
    next: undefined,
    posts: [],
    fetch: async (request) => {
      if (request.method !== 'POST') return deliver(request)
      const loss = network.next
      network.next = undefined
      if (loss === 'never arrives') throw reset()
      network.posts.push(new URL(request.url).pathname)
      const answer = await deliver(request)

      switch (loss) {
        case 'loses its answer':
          throw reset()
        case 'is answered half':
          return new Response(halfOf(await answer.arrayBuffer()), answer)
        case 'is never answered':
          passTimeout()
          return new Promise(() => {})
        case 'is answered 502':
          return new Response('Bad Gateway', { status: 502 })
        case 'gets a forged answer':
          answer.headers.set('Wechatpay-Nonce', 'forged')
          return answer
        default:
          return answer
      }
    },
  }

  return network
}

/** As fetch fails when the connection breaks. */
const reset = () =>
  new TypeError('fetch failed', {
    cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' }),
  })

const halfOf = (bytes: ArrayBuffer) =>
  new ReadableStream({
    pull: (controller) => {
      controller.enqueue(new Uint8Array(bytes, 0, bytes.byteLength / 2))
      controller.error(reset())
    },
  })
