import { createHash } from 'node:crypto'
import { readCertificate } from '../../contracts/protocol/certificate.ts'
import { readPrivateKey } from '../../contracts/protocol/signature.ts'
import type { KeyMode } from '../domain/merchants.ts'
import { refuse } from '../domain/refused.ts'
import { platform, type RotationRecord } from '../store/layout.ts'
import type { Key, Reader, Store } from '../store/store.ts'
import type { Authority, MerchantKeys, PlatformIdentity } from './authority.ts'
import { issuePlatform, privatePem } from './issue.ts'

export type PlatformCertificate = PlatformIdentity['certificate']

export type SigningKey = { id: string; privateKey: PlatformCertificate['privateKey'] }

/** Which key signs for a merchant; `callbackShare`, 0 to 1, counts while it is switching. */
type KeySettings = { mode: KeyMode; callbackShare: number }

/** The platform's signing keys: which signs for whom, and the rotation of certificates. */
export type SigningKeys = {
  settingsOf(mchid: string): Promise<KeySettings>
  set(mchid: string, settings: Partial<KeySettings>): Promise<void>
  /** The certificates that merchants can download, the one that signs first. */
  listed(): Promise<readonly PlatformCertificate[]>
  /** For an answer; `wanted` is the request's `Wechatpay-Serial`. */
  forAnswer(merchant: MerchantKeys, wanted: string | undefined): Promise<SigningKey>
  /** While a merchant is switching, a share of the callbacks is signed by the public key already. */
  forCallback(merchant: MerchantKeys, id: string): Promise<SigningKey>
  /** The certificate that is listed and does not sign yet; one is prepared when none waits. */
  upcoming(): Promise<SigningKey>
  /** Lists one more certificate; the old one goes on signing until `promote`. */
  prepare(): Promise<PlatformCertificate>
  /** Lets the newest certificate sign. */
  promote(): Promise<void>
  /** Takes those that do not sign any more from the list. */
  retire(): Promise<void>
}

export const signingKeyOf = ({ serial, privateKey }: PlatformCertificate): SigningKey => ({
  id: serial,
  privateKey,
})

const rotationKey: Key = [platform, 'rotation']

/** The folder keeps the certificate it was made with; a rotation lies in the store. */
export const createSigningKeys = (
  { platform: { certificate: first } }: Pick<Authority, 'platform'>,
  store: Store,
): SigningKeys => {
  // Reading PEM takes a millisecond; the record is frozen, so what was read of it stays true.
  const read = new WeakMap<RotationRecord, readonly PlatformCertificate[]>()
  const certificatesOf = (rotation: RotationRecord): readonly PlatformCertificate[] => {
    const known = read.get(rotation)
    if (known) return known
    const certificates = [
      first,
      ...rotation.issued.map(({ certificate, privateKey }) => ({
        ...readCertificate(certificate),
        privateKey: readPrivateKey(privateKey),
      })),
    ].filter(({ serial }) => rotation.listed.includes(serial))
    read.set(rotation, certificates)
    return certificates
  }

  const unrotated: RotationRecord = {
    mchid: platform,
    signing: first.serial,
    listed: [first.serial],
    issued: [],
  }
  const rotationIn = async (reader: Reader) =>
    (await reader.get('rotations', rotationKey)) ?? unrotated
  const change = (decide: (rotation: RotationRecord) => RotationRecord) =>
    store.change([['rotations', ...rotationKey]], async (unit) => {
      unit.put('rotations', decide(await rotationIn(unit)))
    })

  const signingIn = (rotation: RotationRecord): PlatformCertificate =>
    certificatesOf(rotation).find(({ serial }) => serial === rotation.signing) ?? first
  const signing = async () => signingKeyOf(signingIn(await rotationIn(store)))

  const settingsOf = async (mchid: string): Promise<KeySettings> => {
    const merchant = await store.get('merchants', [mchid, mchid])
    return {
      mode: merchant?.platformKeys ?? 'switching',
      callbackShare: merchant?.callbacksByPublicKey ?? 0,
    }
  }

  const prepare = async () => {
    const { certificate } = await issuePlatform(new Date())
    await change(({ issued, listed, ...rotation }) => ({
      ...rotation,
      listed: [...listed, certificate.serial],
      issued: [
        ...issued,
        { certificate: certificate.pem, privateKey: privatePem(certificate.privateKey) },
      ],
    }))
    return certificate
  }
  let preparing: Promise<PlatformCertificate> | undefined

  return {
    settingsOf,
    set: (mchid, { mode, callbackShare }) =>
      store.change([['merchants', mchid, mchid]], async (unit) => {
        const merchant = (await unit.get('merchants', [mchid, mchid])) ?? refuse('merchantUnknown')
        const changed = {
          ...merchant,
          ...(mode !== undefined && { platformKeys: mode }),
          ...(callbackShare !== undefined && { callbacksByPublicKey: callbackShare }),
        }
        unit.put('merchants', changed)
      }),
    listed: async () => {
      const rotation = await rotationIn(store)
      const current = signingIn(rotation)
      return [current, ...certificatesOf(rotation).filter((listed) => listed !== current)]
    },
    forAnswer: async (merchant, wanted) => {
      const { mode } = await settingsOf(merchant.mchid)
      const isNamed = wanted === merchant.platformPublicKey.id
      return mode === 'public-key' || (mode === 'switching' && isNamed)
        ? merchant.platformPublicKey
        : signing()
    },
    forCallback: async (merchant, id) => {
      const { mode, callbackShare } = await settingsOf(merchant.mchid)
      const isPublic =
        mode === 'public-key' || (mode === 'switching' && shareOf(id) < callbackShare)
      return isPublic ? merchant.platformPublicKey : signing()
    },
    upcoming: async () => {
      const rotation = await rotationIn(store)
      const newest = certificatesOf(rotation).at(-1)
      if (newest && newest.serial !== rotation.signing) return signingKeyOf(newest)
      // Two that ask at once get the same.
      preparing ??= prepare().finally(() => {
        preparing = undefined
      })
      return signingKeyOf(await preparing)
    },
    prepare,
    promote: () =>
      change((rotation) => ({
        ...rotation,
        signing: rotation.listed.at(-1) ?? rotation.signing,
      })),
    retire: () =>
      change((rotation) => ({
        ...rotation,
        listed: rotation.listed.slice(rotation.listed.indexOf(rotation.signing)),
      })),
  }
}

/** A place from 0 to 1 that an id has for good: its attempts are all signed by the same key. */
const shareOf = (id: string): number =>
  createHash('sha256').update(id).digest().readUInt32BE() / 2 ** 32
