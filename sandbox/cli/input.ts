import { isWechatpayError } from '../../client/errors.ts'
import { fill, type Sentence, SentenceError, translate } from '../../contracts/texts.ts'
import type { CommandLine } from './command-line.ts'
import { credentialsFolderTexts, inputTexts } from './texts.ts'
import { UsageError } from './usage-error.ts'

/** Reads a whole number from 0 to `most`. */
export const amount =
  (most: number) =>
  (text: string): number => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value <= most) return value
    throw new UsageError(fill(inputTexts.wholeNumber, { most }))
  }

/** Reads a share from 0 to 1. */
export const share = (text: string): number => {
  const value = Number(text)
  if (text.trim() !== '' && value >= 0 && value <= 1) return value
  throw new UsageError(inputTexts.share)
}

/** Gathers what an option that may be repeated is given. */
export const several = (value: string, before: string[] = []): string[] => [...before, value]

/** Reads an address of http or https. */
export const address = (text: string): string => {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text
  throw new UsageError(inputTexts.address)
}

/** The token of a control API: the flag, else the environment. */
export const controlTokenOf = (
  { controlToken }: { controlToken?: string },
  { env }: Pick<CommandLine['io'], 'env'>,
): string | undefined => controlToken ?? (env['WECHATPAY_SANDBOX_CONTROL_TOKEN'] || undefined)

type ErrorWithCode = Error & {
  code: string
  port?: number
  address?: string
  hostname?: string
  path?: string
}

/** Whether the system says what is wrong by a code, such as EADDRINUSE. */
export const isErrorWithCode = (error: unknown): error is ErrorWithCode =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'

/** What an error says, in both languages wherever we know it. */
export const sentenceOf = (error: unknown): Sentence => {
  if (error instanceof SentenceError) return error.sentence
  if (isWechatpayError(error)) {
    const { message } = error
    return { en: message, zh: translate(message, Object.values(credentialsFolderTexts), 'zh') }
  }
  if (!isErrorWithCode(error)) return error instanceof Error ? error.message : String(error)
  const { code, path } = error
  if (code === 'ENOENT' && path !== undefined) return fill(inputTexts.noFile, { path })
  if (path !== undefined) return fill(inputTexts.fileUnusable, { path, code })
  const place = `${error.address}:${error.port}`
  if (code === 'EADDRINUSE') return fill(inputTexts.portTaken, { place })
  if (code === 'EACCES') return fill(inputTexts.portForbidden, { place })
  if (['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(code)) {
    return fill(inputTexts.notOfThisMachine, { address: `${error.hostname ?? error.address}` })
  }
  return error.message
}

/** Says in one sentence on standard error why the program ends with this status. */
export const fail =
  ({ io, say }: Pick<CommandLine, 'io' | 'say'>, status = 1) =>
  (error: unknown): void => {
    // OpenSSL ends its own with a line break.
    io.stderr.write(`${say(sentenceOf(error)).trim()}\n`)
    io.exitCode = status
  }
