import { createActions } from './actions/actions.ts'
import type { Rules } from './actions/context.ts'
import { createAgenda } from './agenda.ts'
import type { Identities, MerchantCredentials } from './authority/credentials.ts'
import { merchantFolder, openCredentials } from './authority/credentials-folder.ts'
import { issueCredentials } from './authority/issue.ts'
import { type Clock, createMovableClock } from './clock.ts'
import { type Control, createControl } from './control/control.ts'
import { createControlRoutes } from './control/routes.ts'
import { createApp, type Exchange } from './http/app.ts'
import { createListener, type Listening, type Place } from './http/listener.ts'
import { createRoutes } from './http/routes/routes.ts'
import { createMemoryStore } from './store/memory-store.ts'
import { exampleIdentities } from './world/identities.ts'
import { createIds } from './world/ids.ts'
import { createMerchants } from './world/merchants.ts'
import { seedWorld } from './world/seeded-world.ts'

export type SandboxOptions = Partial<Rules> & {
  /** Credentials folder, made at the first start and kept; without one, keys live in memory. */
  dir?: string
  /** The first merchant of a new folder; those of the documented example by default. */
  identities?: Identities
  /** The same seed gives the same numbers; 1 by default. */
  seed?: number
  /** Host names beside the loopback ones that may reach `/_sandbox`. */
  allowedHosts?: readonly string[]
  /** Told of each request after its answer was made. */
  onExchange?: (exchange: Exchange) => void
  /** Told of faults of the sandbox itself. */
  onError?: (error: unknown) => void
}

export type Sandbox = {
  /** Answers in-process; there is no wire, so header names are Fetch's. */
  fetch(request: Request): Promise<Response>
  /** Serves on loopback; `port` 0 or none takes any that is free. */
  listen(place?: Place): Promise<Listening>
  control: Control
  clock: Clock
  reset(mchid?: string): Promise<void>
  close(): Promise<void>
  /** What the first merchant holds: enough to sign, to verify and to open. */
  credentials: MerchantCredentials
}

/**
 * A local WeChat Pay: checks real signatures, remembers what was ordered, signs its answers.
 * @throws {CredentialsError} when the credentials folder cannot be used
 */
export const createSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const { dir, identities = exampleIdentities, seed = 1 } = options
  const { onExchange = () => {}, onError = warn } = options
  const rules: Rules = {
    strictTime: options.strictTime ?? false,
    lenientSums: options.lenientSums ?? false,
    initialOrderState: options.initialOrderState ?? 'DOING',
    cancelWhilePaying: options.cancelWhilePaying ?? 'allow',
  }
  const wall = Date.now

  const authority =
    dir === undefined ? await issueCredentials(identities) : await openCredentials(dir, identities)
  const credentials = authority.credentialsOf(identities.mchid)

  const store = createMemoryStore()
  const merchants = createMerchants()
  const movable = createMovableClock(wall)
  const ids = createIds(seed)
  const actions = createActions({ store, ids, now: movable.now, merchants, rules })
  const agenda = createAgenda({ store, clock: movable, settle: actions.settle, onError })

  const clock: Clock = {
    now: movable.now,
    set: agenda.runUntil,
    advance: (milliseconds) => agenda.runUntil(movable.now() + milliseconds),
  }

  const settleIn = async (mchid: string) => {
    const world = seedWorld({
      identities: authority.credentialsOf(mchid),
      seed,
      ids,
      at: clock.now(),
      rules,
    })
    merchants.add(world.merchant)
    await store.change([], async (unit) => {
      for (const record of world.plans) unit.put('plans', record)
      for (const record of world.userSignPlans) unit.put('userSignPlans', record)
      for (const record of world.serviceOrders) unit.put('serviceOrders', record)
    })
  }

  const reset = async (mchid?: string) => {
    await store.clear(mchid)
    actions.charges.clear(mchid)
    for (const each of authority.merchants.keys()) {
      if (mchid === undefined || mchid === each) await settleIn(each)
    }
  }

  const control = createControl({
    actions,
    store,
    clock,
    authority,
    folderOf: (mchid) => dir && merchantFolder(dir, { mchid, first: identities.mchid }),
    addMerchant: async (added) => {
      const known = authority.merchants.has(added.mchid)
      const made = await authority.addMerchant(added)
      if (!known) await settleIn(added.mchid)
      return made
    },
    idle: agenda.idle,
    reset,
  })

  const app = createApp({
    authority,
    routes: createRoutes(actions, authority),
    control: createControlRoutes(control, options.allowedHosts),
    wall,
    onExchange: (exchange) => {
      onExchange(exchange)
      agenda.wake()
    },
    onError,
  })

  const listener = createListener(app.fetch)
  await reset()

  return {
    fetch: async (request) => app.fetch(request),
    listen: listener.listen,
    control,
    clock,
    reset,
    close: async () => {
      agenda.stop()
      await listener.close()
    },
    credentials,
  }
}

const warn = (error: unknown) =>
  process.emitWarning(error instanceof Error ? error : new Error(String(error)))
