import { inspect } from 'node:util'
import { knownPath, type RequestedCall } from './prepared-request.ts'
import type { Routes } from './routes.ts'

/** What can be done with a call. */
export type Caller = {
  call(call: RequestedCall): Promise<unknown>
  callBlocking(call: RequestedCall): unknown
  reconcile(call: RequestedCall): Promise<unknown>
}

type Verb = { method: RequestedCall['method']; by: keyof Caller }

const verbs: Partial<Record<string, Verb>> = {
  get: { method: 'GET', by: 'call' },
  getAsync: { method: 'GET', by: 'call' },
  getSync: { method: 'GET', by: 'callBlocking' },
  post: { method: 'POST', by: 'call' },
  postAsync: { method: 'POST', by: 'call' },
  postSync: { method: 'POST', by: 'callBlocking' },
  reconcile: { method: 'POST', by: 'reconcile' },
}

/** `signPlan` → `sign-plan`, `_out_order_no_` → `{out_order_no}`. */
const segmentOf = (key: string): string =>
  key.replace(/^_(.+)_$/, '{$1}').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/**
 * What a property means at a path. Promises, JSON and printers ask for properties of their own
 * (`then`, symbols, `toString`): those are the target's, or absent. A wrong segment is refused
 * when it is called, for then the whole path is known.
 */
const handlerAt = (path: string, caller: Caller): ProxyHandler<object> => ({
  get: (target, key): unknown => {
    if (typeof key === 'symbol' || key === 'then' || key in target) return Reflect.get(target, key)
    if (key.includes('/')) return nodeAt(knownPath(key), caller)

    const verb = verbs[key]
    if (verb === undefined) return nodeAt(`${path}/${segmentOf(key)}`, caller)

    return (options: RequestedCall['options'] = {}) =>
      caller[verb.by]({ method: verb.method, path, options })
  },
})

const nodeAt = (path: string, caller: Caller): object => {
  const shown = () => path
  const target = { toString: shown, toJSON: shown, [inspect.custom]: shown }

  return new Proxy(target, handlerAt(path, caller))
}

/**
 * The base of a client: the object that `new` makes is a proxy, which knows all paths.
 * `Object()` hands the class back untyped: TypeScript has no word for such a constructor.
 */
export const PathForms: new (caller: Caller) => Routes = Object(
  class {
    constructor(caller: Caller) {
      const chain = (path: string) => nodeAt(knownPath(path), caller)
      Object.defineProperty(this, 'chain', { value: chain })

      // biome-ignore lint/correctness/noConstructorReturn: see above
      return new Proxy(this, handlerAt('', caller))
    }
  },
)
