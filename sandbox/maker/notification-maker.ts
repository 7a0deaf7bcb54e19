import type { Identities, MerchantCredentials } from '../../contracts/credentials.ts'
import type { EventType, NotificationOf } from '../../contracts/notifications.ts'
import { openAuthority } from '../authority/credentials-folder.ts'
import { exampleIdentities } from '../authority/example-identities.ts'
import type { Flaw } from '../authority/flaws.ts'
import { createPlatformSigner } from '../authority/platform-signer.ts'
import { createSigningKeys } from '../authority/signing-keys.ts'
import { callbackHeaders, envelopeOf } from '../callbacks/envelope.ts'
import type { KeyMode } from '../domain/merchants.ts'
import { createMemoryStore } from '../store/memory-store.ts'
import { sampleNotification } from './sample-notifications.ts'

/** Whose callbacks are made, and with which keys. */
export type NotificationMakerOptions = {
  /** Credentials folder, made when it is absent; without one, keys live in memory. */
  dir?: string
  identities?: Identities
}

/** A callback as WeChat Pay would post it. */
export type TestNotification = {
  id: string
  /** All of them, with the signature. */
  headers: Record<string, string>
  /** The envelope; hand it to the receiver as it is. */
  body: string
}

/** How one callback is made. */
export type MakeOptions = {
  /** The key that signs. @default 'certificate' */
  platform?: Exclude<KeyMode, 'switching'>
  /** What is wrong with it, on purpose: a probe, a changed body, an old timestamp … */
  flaw?: Flaw
  /** The id of the notice; the same one again is a repetition. */
  id?: string
  /** `resource` is sealed as it is: no sample fills it up. */
  exact?: true
  /** The key that seals; what another one sealed does not open. @default the merchant's own */
  apiv3Key?: string
}

/** Makes callbacks, as many as a test needs, with one set of keys. */
export type NotificationMaker = {
  /** What a receiver must hold to verify and to open what is made. */
  credentials: MerchantCredentials
  /** A callback of this event. Members of `resource` replace those of a sample that fits. */
  make<Type extends EventType>(
    event_type: Type,
    resource?: Partial<NotificationOf<Type>['resource']>,
    options?: MakeOptions,
  ): Promise<TestNotification>
}

/**
 * Makes signed and sealed callbacks for tests of a receiver; no server runs.
 * @throws {CredentialsError} when the folder cannot be used
 */
export const createNotificationMaker = async ({
  dir,
  identities = exampleIdentities,
}: NotificationMakerOptions = {}): Promise<NotificationMaker> => {
  const authority = await openAuthority(dir, identities)
  const credentials = authority.credentialsOf(identities.mchid)
  const keys = authority.merchants.get(identities.mchid)
  if (!keys) throw new Error(`The keys of merchant ${identities.mchid} are gone.`)

  // An empty store: nothing is remembered, but its numbers are like no others.
  const store = createMemoryStore()
  const signingKeys = createSigningKeys(authority, store)
  const ofPublicKey = { ...signingKeys, forCallback: async () => keys.platformPublicKey }
  const wallNow = Date.now
  const signers = {
    certificate: createPlatformSigner({ keys: signingKeys, wallNow }),
    'public-key': createPlatformSigner({ keys: ofPublicKey, wallNow }),
  }

  return {
    credentials,
    make: async (event_type, resource = {}, how = {}) => {
      const { platform = 'certificate', flaw, apiv3Key = keys.apiv3Key } = how
      const sample = await store.change([], async ({ ids }) =>
        sampleNotification(event_type, { identities: credentials, ids, at: Date.now() }),
      )
      const { id = sample.id } = how
      const rest: object = how.exact ? {} : JSON.parse(sample.plaintext)
      const plaintext = JSON.stringify({ ...rest, ...resource })
      const sealed = envelopeOf({ ...sample, id, plaintext }, apiv3Key)
      const { headers, body } = await signers[platform].callback(keys, sealed, {
        id,
        flaw,
      })

      return { id, headers: callbackHeaders(body, headers), body }
    },
  }
}
