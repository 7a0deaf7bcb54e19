import { createPublicKey } from 'node:crypto'
import type { KnownKey } from '../../contracts/diagnosis/diagnose.ts'
import type { Findings } from '../../contracts/diagnosis/diagnosis.ts'
import type { Authority } from '../authority/authority.ts'
import type { SigningKeys } from '../authority/signing-keys.ts'
import type { RequestEntry } from '../journal/entries.ts'
import type { Journal } from '../journal/journal.ts'
import { redacted } from '../journal/redaction.ts'

/** How much is tried where somebody waits: most single mistakes and common pairs, in ms. */
export const quickBudget = 20_000

type Parts = { authority: Authority; signingKeys: SigningKeys; journal: Journal }

type Refused = Pick<RequestEntry, 'at' | 'method' | 'target' | 'headers' | 'body'>

/** Finds out why a signature does not fit, with all that the sandbox knows; secrets are redacted. */
export type Diagnose = (entry: Refused, budget?: number) => Promise<Findings>

export const createDiagnose =
  ({ journal, ...parts }: Parts): Diagnose =>
  async (entry, budget) => {
    // Loaded when the first is refused: start-up does not need it.
    const { examineRequest } = await import('../../contracts/diagnosis/diagnose.ts')
    const header = headerIn(entry)
    const [, named = ''] = mchidPattern.exec(header('authorization') ?? '') ?? []
    const { difference, ...found } = examineRequest(
      { method: entry.method, target: entry.target, header, body: entry.body },
      {
        ...(await knownTo(named, parts)),
        apiKeys: secretsOf(parts.authority),
        nonces: noncesIn(journal),
        now: entry.at,
        ...(budget !== undefined && { effort: budget }),
      },
    )
    // An excerpt may hold a part of a secret, which no mask would find.
    const isShown = difference && !holdsSecret(entry, parts.authority)
    return redacted({ ...found, ...(isShown && { difference }) }, secretsOf(parts.authority))
  }

/** What is hidden wherever it stands. */
export const secretsOf = ({ merchants }: Authority): string[] =>
  [...merchants.values()].flatMap(({ apiv3Key, apiv2Key }) => [apiv3Key, apiv2Key])

const holdsSecret = ({ target, body }: Refused, authority: Authority): boolean =>
  secretsOf(authority).some(
    (secret) => target.includes(secret) || Buffer.from(body).includes(secret),
  )

// However the header is written.
const mchidPattern = /mchid\s*["']?\s*[=:]\s*["']?(\d+)/

/** All values under a name, joined as whoever checks them sees them. */
const headerIn =
  ({ headers }: Pick<RequestEntry, 'headers'>) =>
  (wanted: string): string | undefined => {
    const values = headers
      .filter(([name]) => name.toLowerCase() === wanted.toLowerCase())
      .map(([, value]) => value)
    return values.length > 0 ? values.join(', ') : undefined
  }

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
export const knownTo = async (
  named: string,
  { authority, signingKeys }: Pick<Parts, 'authority' | 'signingKeys'>,
): Promise<{ keys: KnownKey[]; subMchids: string[] }> => {
  const merchants = [...authority.merchants.values()]
  const subMchidOf = (mchid: string) => authority.credentialsOf(mchid).subMchid
  const subMchids = merchants.map(({ mchid }) => subMchidOf(mchid))
  const isKnown = authority.merchants.has(named)
  const own = isKnown ? subMchidOf(named) : undefined
  const ownerOf = (mchid: string) => {
    // Who names nobody that is known may be any of them.
    if (mchid === named || !isKnown) return 'merchant'
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
  const certificates = (await signingKeys.listed()).map(({ serial, publicKey }): KnownKey => {
    return { owner: 'platform-certificate', id: serial, publicKey }
  })

  return { keys: [...ofMerchants, ...certificates, ...ofPlatform], subMchids }
}
