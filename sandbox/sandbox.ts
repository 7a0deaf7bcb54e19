import type { Identities, MerchantCredentials } from '../contracts/credentials.ts'
import { diagnosisIn, diagnosisLine } from '../contracts/diagnosis/diagnosis.ts'
import { createActions } from './actions/actions.ts'
import type { Rules } from './actions/context.ts'
import type { Authority } from './authority/authority.ts'
import { merchantFolder, openAuthority } from './authority/credentials-folder.ts'
import { exampleIdentities } from './authority/example-identities.ts'
import { createPlatformSigner } from './authority/platform-signer.ts'
import { createSigningKeys } from './authority/signing-keys.ts'
import { createDeliveries } from './callbacks/deliveries.ts'
import { createHostPolicy } from './callbacks/host-policy.ts'
import { createControlAccess } from './control/access.ts'
import { type Control, createControl } from './control/control.ts'
import { createDiagnose, quickBudget } from './control/diagnosis.ts'
import type { KeyMode } from './domain/merchants.ts'
import { createFaultQueue } from './faults/fault-queue.ts'
import { createProbes, type ProbeShares } from './faults/probes.ts'
import { createApp, type Exchange } from './http/app.ts'
import { isUnanswered } from './http/deliver.ts'
import { createListener, type Listening, type Place } from './http/listener.ts'
import { createHandlers } from './http/routes/routes.ts'
import { createNoteUnreadable } from './http/unreadable-request.ts'
import { type DeliveryEntry, deliveryEntry } from './journal/entries.ts'
import { createJournal, defaultLimits, type JournalLimits } from './journal/journal.ts'
import { type Clock, createScheduler } from './scheduler/scheduler.ts'
import { createMemoryStore } from './store/memory-store.ts'
import type { openStateFolder, StateFolder, StateOptions } from './store/state-folder.ts'
import { worldTexts } from './world/texts.ts'
import { WorldError } from './world/world-error.ts'
import type { World } from './world/world-file.ts'
import { createWorlds } from './world/worlds.ts'

export type SandboxOptions = Partial<Rules> & {
  /** Credentials folder, made at the first start and kept; without one, keys live in memory. */
  dir?: string
  /** The first merchant of a new folder; those of the documented example by default. */
  identities?: Identities
  /** The same seed gives the same shop and, with `heldAt`, the same numbers; 1 by default. */
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
  /** A world to take up, instead of the seeded one; a state that is there already is kept instead. */
  world?: World
  /**
   * A folder that keeps everything, through kill -9 too, and from which the next start goes on. Its
   * clock and numbers go before `heldAt` and `seed`; the other options are those of this start.
   */
  state?: StateOptions
  /** Host names beside the loopback ones that may reach `/_sandbox`. */
  allowedHosts?: readonly string[]
  /**
   * What callers of `/_sandbox` must show over the wire; without one, a token is made where the
   * sandbox listens elsewhere than on loopback, and none is needed there.
   */
  controlToken?: string
  /** How much the journal keeps; 1,000 requests and deliveries of 16 MiB by default. */
  journal?: Partial<JournalLimits>
  /** Answers of 401 say in `X-Sandbox-Diagnosis` what is wrong; WeChat Pay has no such header. */
  explainHeader?: boolean
  /** Told of each request after its answer was made. */
  onExchange?: (exchange: Exchange) => void
  /** Told of each attempt to deliver a callback, and of each that is withheld. */
  onDelivery?: (delivery: Delivery) => void
  /** Told every second while a move of the clock waits for so many callbacks to be answered. */
  onWaiting?: (callbacks: number) => void
  /** Told of faults of the sandbox itself, and of what it could not do as asked. */
  onError?: (error: unknown) => void
}

/** What became of a callback: an attempt, or why it was withheld. */
export type Delivery = Pick<DeliveryEntry, 'notification' | 'mchid' | 'event_type' | 'url'> &
  Partial<Pick<DeliveryEntry, 'status' | 'error' | 'fault' | 'violation' | 'milliseconds'>> & {
    withheld?: string
  }

export type Sandbox = {
  /**
   * Answers in-process; there is no wire, so header names are Fetch's.
   * @throws {TypeError} as fetch does, when a fault closes the connection
   */
  fetch(request: Request): Promise<Response>
  /**
   * Serves on loopback; `port` 0 or none takes any that is free. Elsewhere, `/_sandbox` wants the
   * `controlToken` that comes back.
   */
  listen(place?: Place): Promise<Listening & { controlToken?: string }>
  control: Control
  clock: Clock
  /** Begins anew, as a fresh start without `world` does; keys are kept. */
  reset(mchid?: string): Promise<void>
  close(): Promise<void>
  /** What the first merchant holds: enough to sign, to verify and to open. */
  credentials: MerchantCredentials
}

/**
 * A local WeChat Pay: checks real signatures, remembers what was ordered, signs its answers.
 * @throws {CredentialsError} when the credentials folder cannot be used
 * @throws {StateError} when the state folder cannot be used
 */
export const createSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const { dir, identities = exampleIdentities, state, onError = warn } = options
  const wallNow = Date.now
  const authority = await openAuthority(dir, identities)
  const folder = state && (await openState(state, { wallNow, onWarning: onError }))
  try {
    return await compose({ ...options, identities, onError }, { authority, folder, wallNow })
  } catch (error) {
    await folder?.close()
    throw error
  }
}

/** Loaded where state is kept. */
const openState: typeof openStateFolder = async (...given) =>
  (await import('./store/state-folder.ts')).openStateFolder(...given)

type Opened = { authority: Authority; folder: StateFolder | undefined; wallNow: () => number }

const compose = async (
  options: SandboxOptions & Required<Pick<SandboxOptions, 'identities' | 'onError'>>,
  { authority, folder, wallNow }: Opened,
): Promise<Sandbox> => {
  const { dir, identities, seed = 1, onError } = options
  const { onExchange = () => {}, onDelivery = () => {} } = options
  const rules: Rules = {
    strictTime: options.strictTime ?? false,
    lenientSums: options.lenientSums ?? false,
    initialOrderState: options.initialOrderState ?? 'DOING',
    cancelWhilePaying: options.cancelWhilePaying ?? 'allow',
    settlementDelay: options.settlementDelay ?? 0,
    orderReentry: options.orderReentry ?? 'mismatch',
    closeUnknown: options.closeUnknown ?? 'accept',
  }
  const credentials = authority.credentialsOf(identities.mchid)

  const store = createMemoryStore({
    wallNow,
    ...repeatable(options),
    ...(folder && { persistence: folder }),
  })
  const signingKeys = createSigningKeys(authority, store)
  const signer = createPlatformSigner({ keys: signingKeys, wallNow })
  const faultQueue = createFaultQueue(store, wallNow)
  const probes = createProbes(store, {
    initial: { answers: 0, callbacks: 0, ...options.probes },
    seed,
  })
  const journal = createJournal({ ...defaultLimits, ...options.journal })
  const diagnose = createDiagnose({ authority, signingKeys, journal })

  const deliveries = createDeliveries({
    store,
    policy: createHostPolicy({
      ...(options.notifyAllow && { allow: options.notifyAllow }),
      ...(options.notifyTo !== undefined && { to: options.notifyTo }),
    }),
    keysOf: (mchid) => authority.merchants.get(mchid),
    signer,
    nextFault: faultQueue.next,
    probes,
    onAttempt: (record, to, attempt) => {
      const entry = deliveryEntry(record, { to, attempt, at: wallNow() })
      journal.add(entry)
      onDelivery(entry)
    },
    onWithheld: ({ id, mchid, event_type, url }, withheld) =>
      onDelivery({ notification: id, mchid, event_type, url, withheld }),
    onError,
  })
  const worlds = createWorlds({
    authority,
    store,
    abandon: deliveries.abandon,
    seed,
    platformKeys: options.platformKeys ?? 'switching',
    rules,
  })

  const goesOn = await worlds.begin(options.world)
  if (goesOn && options.world) onError(new WorldError(worldTexts.notTakenUp))
  // What this start is given goes before what the last one is remembered to have been given.
  const { probes: shares, platformKeys: mode } = options
  if (goesOn && shares) await probes.setShares(shares)
  if (goesOn && mode) {
    for (const mchid of authority.merchants.keys()) await signingKeys.set(mchid, { mode })
  }

  const actions = createActions({ store, rules }, deliveries.deliver)
  const scheduler = createScheduler({
    store,
    background: deliveries,
    runDue: actions.runDue,
    onWaiting: options.onWaiting ?? (() => {}),
    onError,
  })
  const reset = async (mchid?: string) => {
    await worlds.reset(mchid)
    if (mchid === undefined) journal.clear()
  }
  const control = createControl({
    actions,
    store,
    scheduler,
    authority,
    folderOf: (mchid) => dir && merchantFolder(dir, { mchid, first: identities.mchid }),
    signingKeys,
    probes,
    worlds,
    faultQueue,
    journal,
    diagnose,
    reset,
  })

  const access = createControlAccess(options.controlToken)
  const app = createApp({
    authority,
    signer,
    handlers: createHandlers(actions, authority, signingKeys),
    control: async () => {
      const { createControlRoutes } = await import('./control/routes.ts')
      const { createConsoleRoutes } = await import('./console/routes.ts')
      return createControlRoutes(control, {
        console: createConsoleRoutes(control),
        access,
        allowedHosts: options.allowedHosts ?? [],
      })
    },
    faultQueue,
    probes,
    journal,
    explain: options.explainHeader
      ? async (entry) => diagnosisLine(diagnosisIn(await diagnose(entry, quickBudget), 'en'))
      : undefined,
    wallNow,
    catchUp: scheduler.catchUp,
    onExchange,
    onError,
  })

  const listener = createListener({
    fetch: app.fetch,
    note: createNoteUnreadable({ journal, wallNow, onExchange }),
    onError,
  })

  return {
    fetch: async (request) => {
      const response = await app.fetch(request)
      if (!isUnanswered(response)) return response
      throw new TypeError('fetch failed', { cause: new Error('The connection was closed.') })
    },
    listen: async (place) => {
      const listening = await listener.listen(place)
      const controlToken = access.listensAt(listening.url)
      return { ...listening, ...(controlToken !== undefined && { controlToken }) }
    },
    control,
    clock: scheduler.clock,
    reset,
    close: async () => {
      await listener.close()
      scheduler.stop()
      await deliveries.idle()
      await folder?.close()
    },
    credentials,
  }
}

/** Runs are alike to the byte only where both time and numbers are asked to be. */
const repeatable = ({ heldAt, seed }: SandboxOptions) => ({
  ...(heldAt !== undefined && { heldAt }),
  ...(heldAt !== undefined && seed !== undefined && { seed }),
})

const warn = (error: unknown) =>
  process.emitWarning(error instanceof Error ? error : new Error(String(error)))
