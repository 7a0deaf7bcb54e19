/**
 * Platform certificates that the client downloads by itself and keeps fresh.
 * @module
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053420
 */
import { CertificateList } from '../contracts/certificates.ts'
import { isPublicKeyId, sameSerial } from '../contracts/protocol/certificate.ts'
import { open } from '../contracts/protocol/cipher.ts'
import { noAnswer, optionInvalid } from './errors.ts'
import {
  certificateKey,
  keysAmong,
  newestOf,
  type PlatformKey,
  type PlatformKeyProvider,
} from './platform-keys.ts'

export type DownloadedKeysOptions = {
  /** Gets the list; its answer is verified with the given keys, or with what it holds itself. */
  download: (validKeys: readonly PlatformKey[]) => Promise<readonly PlatformKey[]>
  /** Wall time in milliseconds. */
  now: () => number
  /** How old the certificates may become, in milliseconds. */
  refreshAfter: number
}

/** The shortest time between two downloads in milliseconds, even for unknown keys. */
const shortestInterval = 60_000

/**
 * Downloads when the first key is needed, later in the background, and at once for a key that is
 * unknown. A certificate is used as long as it is valid, whatever becomes of later downloads.
 */
export const downloadedKeys = ({
  download,
  now,
  refreshAfter,
}: DownloadedKeysOptions): PlatformKeyProvider => {
  let keys: readonly PlatformKey[] = []
  let startedAt = Number.NEGATIVE_INFINITY
  let succeededAt = Number.NEGATIVE_INFINITY
  let failure: unknown
  let running: Promise<void> | undefined

  const validKeys = () => validAt(now(), keys)

  const load = async () => {
    startedAt = now()
    const previous = validKeys()
    try {
      const listed = await download(previous)
      const unlisted = previous.filter(({ id }) => !listed.some((key) => sameSerial(key.id, id)))
      keys = [...listed, ...unlisted]
      succeededAt = now()
      failure = undefined
    } catch (error) {
      failure = error
      throw error
    } finally {
      running = undefined
    }
  }

  /** However many callers wait, one download runs. */
  const refresh = () => {
    running ??= load()
    return running
  }
  const tryRefresh = () => refresh().catch(() => undefined)
  const mayDownload = () => now() - startedAt >= shortestInterval

  const ready = async () => {
    if (validKeys().length === 0) await refresh()
    else if (now() - succeededAt >= refreshAfter && mayDownload()) void tryRefresh()
  }

  const isUnknown = (id: string) => !isPublicKeyId(id) && !keysAmong(validKeys(), '').find(id)

  return {
    requested: async () => {
      await ready()
      return newestOf(validKeys())?.id
    },
    keysFor: async (id) => {
      if (id !== null) {
        // A failed download says nothing about the message at hand: it stays unproved.
        await ready().catch(() => undefined)
        if (isUnknown(id) && (running || mayDownload())) await tryRefresh()
      }

      return { ...keysAmong(validKeys(), adviceFor(id, failure)), failure }
    },
  }
}

/** The keys that are valid at a moment, in epoch milliseconds. */
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
 * Decrypts the certificates in the answer of `GET /v3/certificates`.
 * @throws {NoAnswerError} ANSWER_UNREADABLE
 * @throws {ConfigurationError} OPTION_INVALID when the APIv3 key is another.
 */
export const decryptCertificates = (body: string, apiv3Key: string): PlatformKey[] =>
  readList(body).flatMap(({ encrypt_certificate: encrypted }) => {
    if (encrypted === undefined) return []
    try {
      return certificateKey(open(encrypted, apiv3Key).toString())
    } catch (cause) {
      throw optionInvalid(
        'apiv3Key does not decrypt the platform certificates. Give it as set in the merchant platform.',
        cause,
      )
    }
  })

const readList = (body: string) => {
  try {
    return CertificateList.parse(JSON.parse(body)).data
  } catch (cause) {
    throw noAnswer(
      'ANSWER_UNREADABLE',
      'The answer to GET /v3/certificates holds no certificates. Check baseUrl.',
      { operation: 'GET /v3/certificates', cause },
    )
  }
}
