import type { Authority, MerchantKeys, PlatformIdentity } from './authority.ts'
import { issuePlatform } from './issue.ts'

/**
 * Which key signs for a merchant: the platform certificate always; the WeChat Pay public key
 * always; or, while switching, whichever the request names.
 */
export type KeyMode = (typeof keyModes)[number]

export const keyModes = ['certificate', 'public-key', 'switching'] as const

export type PlatformCertificate = PlatformIdentity['certificate']

export type Signer = { id: string; privateKey: PlatformCertificate['privateKey'] }

/** The platform's signing keys: who signs for whom, and the rotation of certificates. */
export type SigningKeys = {
  modeOf(mchid: string): KeyMode
  setMode(mchid: string, mode: KeyMode): void
  /** The certificates that merchants can download, the one that signs first. */
  listed(): readonly PlatformCertificate[]
  /** For an answer; `wanted` is the request's `Wechatpay-Serial`. */
  forAnswer(merchant: MerchantKeys, wanted: string | undefined): Signer
  forCallback(merchant: MerchantKeys): Signer
  /** The certificate that is listed and does not sign yet; one is prepared when none waits. */
  upcoming(): Promise<Signer>
  /** Lists one more certificate; the old one goes on signing until `promote`. */
  prepare(): Promise<PlatformCertificate>
  /** Lets the newest certificate sign. */
  promote(): void
  /** Takes those that do not sign any more from the list. */
  retire(): void
}

export const signerOf = ({ serial, privateKey }: PlatformCertificate): Signer => ({
  id: serial,
  privateKey,
})

/** A rotation lasts as long as the process: the folder keeps the certificate it was made with. */
export const createSigningKeys = (authority: Authority, initial: KeyMode): SigningKeys => {
  const modes = new Map<string, KeyMode>()
  let signing = authority.platform.certificate
  /** Oldest first. */
  let known: readonly PlatformCertificate[] = [signing]

  const modeOf = (mchid: string) => modes.get(mchid) ?? initial

  let preparing: Promise<PlatformCertificate> | undefined
  const prepare = async () => {
    const { certificate } = await issuePlatform(new Date())
    known = [...known, certificate]
    return certificate
  }

  return {
    modeOf,
    setMode: (mchid, mode) => {
      modes.set(mchid, mode)
    },
    listed: () => [signing, ...known.filter((each) => each !== signing)],
    forAnswer: (merchant, wanted) => {
      const mode = modeOf(merchant.mchid)
      const named = wanted === merchant.platformPublicKey.id
      return mode === 'public-key' || (mode === 'switching' && named)
        ? merchant.platformPublicKey
        : signerOf(signing)
    },
    forCallback: (merchant) =>
      modeOf(merchant.mchid) === 'public-key' ? merchant.platformPublicKey : signerOf(signing),
    upcoming: async () => {
      const newest = known.at(-1) ?? signing
      if (newest !== signing) return signerOf(newest)
      // Two that ask at once get the same.
      preparing ??= prepare().finally(() => {
        preparing = undefined
      })
      return signerOf(await preparing)
    },
    prepare,
    promote: () => {
      signing = known.at(-1) ?? signing
    },
    retire: () => {
      known = known.slice(known.indexOf(signing))
    },
  }
}
