/**
 * Platform certificates that the client downloads by itself and keeps fresh.
 * @module
 */
import { CertificateList } from '../contracts/certificates.ts'
import { isPublicKeyId, sameSerial } from '../contracts/protocol/certificate.ts'
import { open } from '../contracts/protocol/cipher.ts'
import { optionInvalid, unanswered } from './errors.ts'
import {
  certificateKey,
  keysAmong,
  newestOf,
  type PlatformKey,
  type PlatformKeyProvider,
} from './platform-keys.ts'

export type DownloadedKeysOptions = {
  /** Gets the list; its answer is verified with the keys known, or with what it holds itself. */
  download: (known: readonly PlatformKey[]) => Promise<readonly PlatformKey[]>
  now: () => number
  /** How old the certificates may become, in milliseconds. */
  refreshAfter: number
}

/** Not even for unknown keys is the list downloaded more often, in milliseconds. */
const pause = 60_000

/**
 * Downloads when the first key is needed, later in the background, and at once for a key that is
 * unknown. What was downloaded is used as long as it is valid, whatever becomes of later downloads.
 */
export const downloadedKeys = ({
  download,
  now,
  refreshAfter,
}: DownloadedKeysOptions): PlatformKeyProvider => {
  let held: readonly PlatformKey[] = []
  let begun = Number.NEGATIVE_INFINITY
  let done = Number.NEGATIVE_INFINITY
  let failure: unknown
  let running: Promise<void> | undefined

  const valid = () => validAt(now(), held)

  const load = async () => {
    begun = now()
    const known = valid()
    try {
      const fresh = await download(known)
      const others = known.filter(({ id }) => !fresh.some((key) => sameSerial(key.id, id)))
      held = [...fresh, ...others]
      done = now()
      failure = undefined
    } catch (error) {
      failure = error
      throw error
    } finally {
      running = undefined
    }
  }

  /** However many wait for it, one download runs. */
  const refresh = () => {
    running ??= load()
    return running
  }
  const tryRefresh = () => refresh().catch(() => undefined)
  const rested = () => now() - begun >= pause

  const ready = async () => {
    if (valid().length === 0) await refresh()
    else if (now() - done >= refreshAfter && rested()) void tryRefresh()
  }

  const isUnknown = (id: string) => !isPublicKeyId(id) && !keysAmong(valid(), '').find(id)

  return {
    requested: async () => {
      await ready()
      return newestOf(valid())?.id
    },
    keysFor: async (id) => {
      if (id !== null) {
        // That a download failed says nothing of the message at hand: it stays unproved.
        await ready().catch(() => undefined)
        if (isUnknown(id) && (running || rested())) await tryRefresh()
      }

      return { ...keysAmong(valid(), adviceFor(id, failure)), failure }
    },
  }
}

export const validAt = (now: number, keys: readonly PlatformKey[]): readonly PlatformKey[] =>
  keys.filter(({ validFrom, validTo }) => validFrom <= now && now <= validTo)

const adviceFor = (id: string | null, failure: unknown): string => {
  if (id !== null && isPublicKeyId(id)) {
    return 'Public keys cannot be downloaded: give it in platformKeys, with the certificates.'
  }

  return failure === undefined
    ? 'The certificates were downloaded within the last minute.'
    : 'Downloading the certificates anew failed; the cause says why.'
}

/**
 * Opens the answer of `GET /v3/certificates`.
 * @throws {NoAnswerError} ANSWER_UNREADABLE
 * @throws {ConfigurationError} OPTION_INVALID when the APIv3 key is another.
 */
export const openCertificates = (body: string, apiv3Key: string): PlatformKey[] =>
  readList(body).flatMap(({ encrypt_certificate: sealed }) => {
    if (sealed === undefined) return []
    try {
      return certificateKey(open(sealed, apiv3Key).toString())
    } catch (cause) {
      throw optionInvalid(
        'apiv3Key does not open the platform certificates. Give it as set in the merchant platform.',
        cause,
      )
    }
  })

const readList = (body: string) => {
  try {
    return CertificateList.parse(JSON.parse(body)).data
  } catch (cause) {
    throw unanswered(
      'ANSWER_UNREADABLE',
      'GET /v3/certificates was answered with something else than certificates. Check baseUrl.',
      { operation: 'GET /v3/certificates', cause },
    )
  }
}
