import { InvalidArgumentError } from 'commander'
import { CredentialsError } from '../authority/credentials-error.ts'

/** Reads a whole number from 0 to `most`. */
export const amount =
  (most: number) =>
  (text: string): number => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value <= most) return value
    throw new InvalidArgumentError(`A whole number from 0 to ${most} is wanted.`)
  }

type SystemError = Error & { code: string; port?: number; address?: string }

const isSystemError = (error: unknown): error is SystemError =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'

const sentenceFor = (error: unknown): string => {
  if (error instanceof CredentialsError || !isSystemError(error)) return String(error)
  const place = `${error.address}:${error.port}`
  if (error.code === 'EADDRINUSE') return `Port ${place} is taken. Choose another with --port.`
  if (error.code === 'EACCES') return `Port ${place} may not be used. Choose another with --port.`
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return `The address ${error.address ?? ''} is not one of this machine. Check --host.`
  }
  return String(error)
}

/** Ends the program with one sentence on standard error. */
export const fail = (error: unknown): void => {
  process.stderr.write(`${sentenceFor(error)}\n`)
  process.exitCode = 1
}
