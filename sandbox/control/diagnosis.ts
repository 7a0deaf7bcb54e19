import { createPublicKey } from 'node:crypto'
import type { Diagnosis, KnownKey } from '../../contracts/diagnosis/diagnose.ts'
import type { Authority } from '../authority/authority.ts'
import type { Keyring } from '../authority/keyring.ts'
import type { RequestEntry } from '../journal/entries.ts'
import type { Journal } from '../journal/journal.ts'

/** How much is tried where somebody waits: most single mistakes and common pairs, in ms. */
export const quickEffort = 20_000

type Parts = { authority: Authority; keyring: Keyring; journal: Journal }

type Refused = Pick<RequestEntry, 'at' | 'method' | 'target' | 'headers' | 'body'>

/** Finds out why a signature does not fit, with all that the sandbox knows. */
export type Diagnose = (entry: Refused, effort?: number) => Promise<Diagnosis>

export const createDiagnose =
  ({ journal, ...parts }: Parts): Diagnose =>
  async (entry, effort) => {
    // Loaded when the first is refused: start-up does not need it.
    const { diagnoseRequest } = await import('../../contracts/diagnosis/diagnose.ts')
    const header = headerIn(entry)
    const [, named = ''] = mchidPattern.exec(header('authorization') ?? '') ?? []
    return diagnoseRequest(
      { method: entry.method, target: entry.target, header, body: entry.body },
      {
        ...knownTo(named, parts),
        nonces: noncesIn(journal),
        now: entry.at,
        ...(effort !== undefined && { effort }),
      },
    )
  }

const mchidPattern = /mchid="([^"]*)"/

const headerIn =
  ({ headers }: Pick<RequestEntry, 'headers'>) =>
  (wanted: string): string | undefined =>
    headers.find(([name]) => name.toLowerCase() === wanted.toLowerCase())?.[1]

const noncePattern = /nonce_str="([^"]*)"/
const mostNonces = 100

/** What callers used lately: a nonce that was made once and used twice is among them. */
const noncesIn = (journal: Journal): string[] =>
  journal
    .entries()
    .slice(-mostNonces)
    .flatMap((entry) => {
      const [, nonce] = noncePattern.exec(headerIn(entry)('authorization') ?? '') ?? []
      return nonce === undefined ? [] : [nonce]
    })

/** Every key that may have signed, seen from the merchant whom the request names; its own first. */
const knownTo = (
  named: string,
  { authority, keyring }: Pick<Parts, 'authority' | 'keyring'>,
): { keys: KnownKey[]; subMchids: string[] } => {
  const merchants = [...authority.merchants.values()]
  const subMchidOf = (mchid: string) => authority.credentialsOf(mchid).subMchid
  const subMchids = merchants.map(({ mchid }) => subMchidOf(mchid))
  const own = authority.merchants.has(named) ? subMchidOf(named) : undefined
  const ownerOf = (mchid: string) => {
    if (mchid === named) return 'merchant'
    return mchid === own ? 'sub-merchant' : 'other-merchant'
  }

  const ofMerchants = merchants
    .toSorted((one, other) => Number(other.mchid === named) - Number(one.mchid === named))
    .map(({ mchid, serial, publicKey }): KnownKey => {
      return { owner: ownerOf(mchid), id: serial, mchid, publicKey }
    })
  const ofPlatform = merchants.map(({ platformPublicKey: { id, privateKey } }): KnownKey => {
    return { owner: 'platform-public-key', id, publicKey: createPublicKey(privateKey) }
  })
  const certificates = keyring.listed().map(({ serial, publicKey }): KnownKey => {
    return { owner: 'platform-certificate', id: serial, publicKey }
  })

  return { keys: [...ofMerchants, ...certificates, ...ofPlatform], subMchids }
}
