import type { Io } from './command-line.ts'
import { UsageError } from './usage-error.ts'

/** Reads a whole number from 0 to `most`. */
export const amount =
  (most: number) =>
  (text: string): number => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value <= most) return value
    throw new UsageError(`Expected a whole number from 0 to ${most}.`)
  }

/** Reads a share from 0 to 1. */
export const share = (text: string): number => {
  const value = Number(text)
  if (text.trim() !== '' && value >= 0 && value <= 1) return value
  throw new UsageError('Expected a number from 0 to 1.')
}

/** Gathers what an option that may be repeated is given. */
export const several = (value: string, before: string[] = []): string[] => [...before, value]

/** Reads an address of http or https. */
export const address = (text: string): string => {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text
  throw new UsageError('Expected an address such as http://127.0.0.1:8130/notify.')
}

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

const sentenceFor = (error: unknown): string => {
  if (!isErrorWithCode(error)) return error instanceof Error ? error.message : String(error)
  if (error.code === 'ENOENT' && error.path !== undefined) return `There is no file ${error.path}.`
  const place = `${error.address}:${error.port}`
  if (error.code === 'EADDRINUSE') return `Port ${place} is taken. Choose another with --port.`
  if (error.code === 'EACCES') return `Port ${place} may not be used. Choose another with --port.`
  if (['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(error.code)) {
    return `The address ${error.hostname ?? error.address} is not one of this machine. Check --host.`
  }
  return error.message
}

/** Says in one sentence on standard error why the program ends with this status. */
export const fail =
  (io: Io, status = 1) =>
  (error: unknown): void => {
    // OpenSSL ends its own with a line break.
    io.stderr.write(`${sentenceFor(error).trim()}\n`)
    io.exitCode = status
  }
