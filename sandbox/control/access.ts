import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { isLoopback } from '../../contracts/loopback.ts'
import { SentenceError } from '../../contracts/texts.ts'
import { controlTexts } from './texts.ts'

/** Who may use the control API over the wire: everybody on this machine, or whoever has the token. */
export type ControlAccess = {
  /** Whether the wire must show a token. */
  isClosed(): boolean
  fits(token: string): boolean
  /** Called when the sandbox listens at this address; with the token that is needed there, if any. */
  listensAt(url: string): string | undefined
}

/**
 * A token that is given is asked for everywhere; else one is made, and loopback goes without.
 * @throws {SentenceError} for a token that no header could carry
 */
export const createControlAccess = (given?: string): ControlAccess => {
  if (given !== undefined && !/^[!-~]+$/.test(given)) {
    throw new SentenceError(controlTexts.tokenUnusable)
  }
  const token = given ?? randomBytes(24).toString('base64url')
  const wanted = digest(token)
  let isClosed = true

  return {
    isClosed: () => isClosed,
    fits: (shown) => timingSafeEqual(digest(shown), wanted),
    listensAt: (url) => {
      isClosed = given !== undefined || !isLocal(url)
      return isClosed ? token : undefined
    },
  }
}

const isLocal = (url: string) => URL.canParse(url) && isLoopback(new URL(url).hostname)

const digest = (text: string) => createHash('sha256').update(text).digest()
