import { diagnosisLine } from '../contracts/diagnosis/text.ts'
import { createActions } from './actions/actions.ts'
import type { Rules } from './actions/context.ts'
import { createOutbox } from './actions/outbox.ts'
import type { Identities, MerchantCredentials } from './authority/credentials.ts'
import { merchantFolder } from './authority/credentials-folder.ts'
import { exampleIdentities } from './authority/example-identities.ts'
import { openAuthority } from './authority/open-authority.ts'
import { createPlatformSigner, type ProbeShares } from './authority/platform-signer.ts'
import { createSigningKeys, type KeyMode } from './authority/signing-keys.ts'
import { createDeliveries } from './callbacks/deliveries.ts'
import { createHostPolicy } from './callbacks/host-policy.ts'
import { type Control, createControl } from './control/control.ts'
import { createDiagnose, quickBudget } from './control/diagnosis.ts'
import { createControlRoutes } from './control/routes.ts'
import { createMerchants } from './domain/merchants.ts'
import { createFaultQueue } from './faults/fault-queue.ts'
import { createApp, type Exchange } from './http/app.ts'
import { isUnanswered } from './http/apply-fault.ts'
import { createListener, type Listening, type Place } from './http/listener.ts'
import { createRoutes } from './http/routes/routes.ts'
import { deliveryEntry } from './journal/delivery-entry.ts'
import { createJournal, defaultLimits, type JournalLimits } from './journal/journal.ts'
import { type Clock, createMovableClock } from './scheduler/clock.ts'
import { createScheduler } from './scheduler/scheduler.ts'
import { createChance } from './store/chance.ts'
import { createIds } from './store/identifiers.ts'
import { createMemoryStore } from './store/memory-store.ts'
import type { World } from './world/world-file.ts'
import { createWorlds } from './world/worlds.ts'

export type SandboxOptions = Partial<Rules> & {
  /** Credentials folder, made at the first start and kept; without one, keys live in memory. */
  dir?: string
  /** The first merchant of a new folder; those of the documented example by default. */
  identities?: Identities
  /** The same seed gives the same numbers; 1 by default. */
  seed?: number
  /** Business time stands still at this moment, in milliseconds; by default it runs. */
  heldAt?: number
  /** Which platform key signs; by default whichever the request names. */
  platformKeys?: KeyMode
  /** Shares, 0 to 1, of answers and callbacks whose signature is made to fail; 0 by default. */
  probes?: Partial<ProbeShares>
  /** Hosts beside this machine that callbacks may go to. */
  notifyAllow?: readonly string[]
  /** One receiver for all callbacks, instead of each notice's own address. */
  notifyTo?: string
  /** A world to take up, instead of the seeded one. */
  world?: World
  /** Host names beside the loopback ones that may reach `/_sandbox`. */
  allowedHosts?: readonly string[]
  /** How much the journal keeps; 1,000 requests and deliveries of 16 MiB by default. */
  journal?: Partial<JournalLimits>
  /** Answers of 401 say in `X-Sandbox-Diagnosis` what is wrong; WeChat Pay has no such header. */
  explainHeader?: boolean
  /** Told of each request after its answer was made. */
  onExchange?: (exchange: Exchange) => void
  /** Told of faults of the sandbox itself. */
  onError?: (error: unknown) => void
}

export type Sandbox = {
  /**
   * Answers in-process; there is no wire, so header names are Fetch's.
   * @throws {TypeError} as fetch does, when a fault closes the connection
   */
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

  const authority = await openAuthority(dir, identities)
  const credentials = authority.credentialsOf(identities.mchid)

  const store = createMemoryStore()
  const merchants = createMerchants()
  const movable = createMovableClock(wall, options.heldAt)
  const { now } = movable
  const ids = createIds(seed)
  const notices = createOutbox({ ids, now })
  const keyring = createSigningKeys(authority, options.platformKeys ?? 'switching')
  const signer = createPlatformSigner({
    keyring,
    wall,
    chance: createChance(seed + 1),
    shares: { answers: 0, callbacks: 0, ...options.probes },
  })

  const faultRules = createFaultQueue(wall)
  const journal = createJournal({ ...defaultLimits, ...options.journal })
  const diagnose = createDiagnose({ authority, keyring, journal })

  const courier = createDeliveries({
    store,
    policy: createHostPolicy({
      ...(options.notifyAllow && { allow: options.notifyAllow }),
      ...(options.notifyTo !== undefined && { to: options.notifyTo }),
    }),
    keysOf: (mchid) => authority.merchants.get(mchid),
    signer,
    strike: faultRules.next,
    onAttempt: (record, to, attempt) => {
      journal.add(deliveryEntry(record, { to, attempt, at: wall() }))
    },
    onEnd: () => agenda.wake(),
    onError,
  })
  const actions = createActions({ store, ids, now, merchants, rules, notices }, courier.deliver)
  const agenda = createScheduler({
    store,
    clock: movable,
    background: courier,
    settle: actions.settle,
    onError,
  })
  const clock: Clock = {
    ...movable,
    set: agenda.runUntil,
    advance: agenda.advance,
  }
  const worlds = createWorlds({
    authority,
    store,
    clock: movable,
    ids,
    merchants,
    charges: actions.charges,
    refundOrders: actions.refundOrders,
    forget: courier.forget,
    seed,
    rules,
  })

  const reset = async (mchid?: string) => {
    await worlds.reset(mchid)
    faultRules.clear(mchid)
    if (mchid === undefined) journal.clear()
  }

  const control = createControl({
    actions,
    store,
    clock,
    authority,
    keyring,
    signer,
    worlds,
    faultRules,
    journal,
    diagnose,
    folderOf: (mchid) => dir && merchantFolder(dir, { mchid, first: identities.mchid }),
    reset,
    idle: agenda.idle,
    wake: agenda.wake,
  })

  const app = createApp({
    authority,
    signer,
    routes: createRoutes(actions, authority, keyring),
    control: createControlRoutes(control, options.allowedHosts),
    faultRules,
    journal,
    explain: options.explainHeader
      ? async (entry) => diagnosisLine(await diagnose(entry, quickBudget))
      : undefined,
    wall,
    onExchange: (exchange) => {
      onExchange(exchange)
      agenda.wake()
    },
    onError,
  })

  const listener = createListener(app.fetch)
  await worlds.reset()
  if (options.world) await worlds.load(options.world)
  agenda.wake()

  return {
    fetch: async (request) => {
      const response = await app.fetch(request)
      if (!isUnanswered(response)) return response
      throw new TypeError('fetch failed', { cause: new Error('The connection was closed.') })
    },
    listen: listener.listen,
    control,
    clock,
    reset,
    close: async () => {
      agenda.stop()
      await listener.close()
      await courier.settled()
    },
    credentials,
  }
}

const warn = (error: unknown) =>
  process.emitWarning(error instanceof Error ? error : new Error(String(error)))
