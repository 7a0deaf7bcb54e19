import { decryptCertificates, downloadedKeys, validAt } from './downloaded-keys.ts'
import { optionInvalid } from './errors.ts'
import { type ExchangeOptions, exchangeOf, type SendPrepared } from './exchange.ts'
import {
  fixedKeys,
  keysAmong,
  newestOf,
  type PlatformKey,
  type PlatformKeyProvider,
  readPlatformKeys,
} from './platform-keys.ts'
import {
  type AnswerVerification,
  readCaller,
  type SignedFetchOptions,
  type SigningCaller,
  signedSender,
  verificationWith,
} from './signed-fetch.ts'
import { verifyAnswer } from './verification.ts'

export type ConnectionOptions = Omit<SignedFetchOptions, 'platformKeys' | 'nonce'> &
  ExchangeOptions & {
    /** The APIv3 key, 32 bytes; it decrypts callbacks and downloaded certificates. */
    apiv3Key?: string
    /**
     * Platform certificates by serial number, WeChat Pay public keys by `PUB_KEY_ID_…`; PEM. Or
     * `'download'`: the certificates are downloaded with the APIv3 key and kept fresh.
     * @default 'download'
     */
    platformKeys?: Readonly<Record<string, string>> | 'download'
    /** How old downloaded certificates may become, in milliseconds. @default 12 hours */
    refreshCertificatesAfter?: number
  }

/** A way to WeChat Pay, and the keys that prove its answers. */
export type Connection = {
  exchange: SendPrepared
  keys: PlatformKeyProvider
  caller: SigningCaller
}

const hour = 3_600_000

/** Checks the options and puts the parts together. @throws {ConfigurationError} OPTION_INVALID */
export const connectionOf = (options: ConnectionOptions): Connection => {
  const caller = readCaller(options)
  const { apiv3Key, platformKeys = 'download', platform } = options
  if (apiv3Key !== undefined && Buffer.from(apiv3Key ?? '').length !== 32) {
    throw optionInvalid('apiv3Key is not 32 bytes long. Give it as set in the merchant platform.')
  }
  const keys =
    platformKeys === 'download'
      ? downloadedKeysOf(options, caller)
      : fixedKeys(readPlatformKeys(platformKeys, { platform, merchant: caller }))

  return {
    exchange: exchangeOf(signedSender(caller, verificationWith(keys)), options),
    keys,
    caller,
  }
}

const downloadedKeysOf = (
  options: ConnectionOptions,
  caller: SigningCaller,
): PlatformKeyProvider => {
  const { apiv3Key, platform, refreshCertificatesAfter: refreshAfter = 12 * hour } = options
  if (apiv3Key === undefined) {
    throw optionInvalid(
      'platformKeys is missing. Give it, or apiv3Key: the platform certificates are downloaded then.',
    )
  }
  if (platform === 'publicKey') {
    throw optionInvalid(
      'platform is publicKey, which cannot be downloaded. Give it in platformKeys.',
    )
  }
  if (!Number.isInteger(refreshAfter) || refreshAfter < 1 || refreshAfter > 24 * hour) {
    throw optionInvalid(
      'refreshCertificatesAfter is not a whole number of milliseconds from 1 to 24 hours.',
    )
  }

  const download = async (validKeys: readonly PlatformKey[]) => {
    let listed: readonly PlatformKey[] = []
    // The first list proves itself: nobody else can encrypt one with the APIv3 key.
    const verify: AnswerVerification['verify'] = (answer) => {
      listed = decryptCertificates(answer.body.toString(), apiv3Key)
      const keys =
        validKeys.length > 0
          ? keysAmong(validKeys, 'The certificates changed while none was downloaded: start anew.')
          : keysAmong(validAt(caller.now(), listed), 'Check the clock of this machine.')
      verifyAnswer(answer, keys)
    }
    const send = signedSender(caller, { requested: async () => newestOf(validKeys)?.id, verify })
    await exchangeOf(send, { ...options, retry: 0 })({ method: 'GET', target: '/v3/certificates' })

    return listed
  }

  return downloadedKeys({ download, now: caller.now, refreshAfter })
}
