import { inspect } from 'node:util'
import { knownPath, type RequestedCall } from './prepared-request.ts'
import type { Routes } from './routes.ts'

/** What carries out the verbs. */
export type CallHandlers = {
  call(call: RequestedCall): Promise<unknown>
  callBlocking(call: RequestedCall): unknown
  reconcile(call: RequestedCall): Promise<unknown>
}

type VerbMeaning = { method: RequestedCall['method']; handler: keyof CallHandlers }

const verbs: Partial<Record<string, VerbMeaning>> = {
  get: { method: 'GET', handler: 'call' },
  getAsync: { method: 'GET', handler: 'call' },
  getSync: { method: 'GET', handler: 'callBlocking' },
  post: { method: 'POST', handler: 'call' },
  postAsync: { method: 'POST', handler: 'call' },
  postSync: { method: 'POST', handler: 'callBlocking' },
  reconcile: { method: 'POST', handler: 'reconcile' },
}

/** `signPlan` → `sign-plan`, `_out_order_no_` → `{out_order_no}`. */
const segmentOf = (key: string): string =>
  key.replace(/^_(.+)_$/, '{$1}').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/**
 * What a property means at a path. Promises, JSON and printers ask for properties of their own
 * (`then`, symbols, `toString`): those are the target's, or absent. A wrong segment is refused
 * when it is called, for then the whole path is known.
 */
const handlerAt = (path: string, handlers: CallHandlers): ProxyHandler<object> => ({
  get: (target, key): unknown => {
    if (typeof key === 'symbol' || key === 'then' || key in target) return Reflect.get(target, key)
    if (key.includes('/')) return nodeAt(knownPath(key), handlers)

    const verb = verbs[key]
    if (verb === undefined) return nodeAt(`${path}/${segmentOf(key)}`, handlers)

    return (options: RequestedCall['options'] = {}) =>
      handlers[verb.handler]({ method: verb.method, path, options })
  },
})

const nodeAt = (path: string, handlers: CallHandlers): object => {
  const text = () => path
  const target = { toString: text, toJSON: text, [inspect.custom]: text }

  return new Proxy(target, handlerAt(path, handlers))
}

class PathsByProxy {
  constructor(handlers: CallHandlers) {
    const chain = (path: string) => nodeAt(knownPath(path), handlers)
    Object.defineProperty(this, 'chain', { value: chain })

    // biome-ignore lint/correctness/noConstructorReturn: the proxy is what `new` makes
    return new Proxy(this, handlerAt('', handlers))
  }
}

/**
 * The base of a client: `new` makes a proxy, which knows all paths. The cast is for what TypeScript
 * cannot see: a proxy has the properties that its handler answers for.
 */
export const PathForms = PathsByProxy as new (handlers: CallHandlers) => Routes
