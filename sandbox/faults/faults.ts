import type { Situation } from '../../contracts/errors.ts'
import type { Flaw } from '../authority/flaws.ts'

/** What an answer says instead of the true one. */
type Instead = { situation: Situation } | { gateway: 502 | 503 } | { wire: 'close' | 'silence' }

/** What goes wrong with a callback. */
export type CallbackFault =
  | { flaw: Flaw }
  | { amount: 'other' }
  /** Sent so often at once; or so often in a row. */
  | { copies: number; together: boolean }
  | { delivery: 'lost' | 'late' | 'swapped' }

/** One thing that goes wrong, as WeChat Pay and networks do it. */
export type Fault = { summary: string } & (
  | { on: 'answer'; takesEffect: boolean; instead: Instead }
  | { on: 'answer'; takesEffect: true; flaw: Flaw }
  | { on: 'answer'; takesEffect: true; delay: true }
  | { on: 'callback'; callback: CallbackFault }
)

/** What can be made to go wrong, by the names under which it is asked for. */
export const faults = {
  SYSTEM_ERROR: {
    on: 'answer',
    summary: '500 `SYSTEM_ERROR`; nothing has changed',
    takesEffect: false,
    instead: { situation: 'systemError' },
  },
  SYSTEM_ERROR_AFTER: {
    on: 'answer',
    summary: '500 `SYSTEM_ERROR`, although the change took effect',
    takesEffect: true,
    instead: { situation: 'systemError' },
  },
  FREQUENCY_LIMITED: {
    on: 'answer',
    summary: '429 `FREQUENCY_LIMITED`; nothing has changed',
    takesEffect: false,
    instead: { situation: 'frequencyLimited' },
  },
  BAD_GATEWAY: {
    on: 'answer',
    summary: '502 in HTML, from a gateway; nothing has changed',
    takesEffect: false,
    instead: { gateway: 502 },
  },
  SERVICE_UNAVAILABLE: {
    on: 'answer',
    summary: '503 in HTML, from a gateway; nothing has changed',
    takesEffect: false,
    instead: { gateway: 503 },
  },
  DELAY: {
    on: 'answer',
    summary: 'the request is carried out after `seconds` of wall time, 3 unless said otherwise',
    takesEffect: true,
    delay: true,
  },
  CLOSED: {
    on: 'answer',
    summary: 'the connection is closed without an answer; nothing has changed',
    takesEffect: false,
    instead: { wire: 'close' },
  },
  CLOSED_AFTER: {
    on: 'answer',
    summary: 'the change takes effect, then the connection is closed without an answer',
    takesEffect: true,
    instead: { wire: 'close' },
  },
  ANSWER_LOST: {
    on: 'answer',
    summary: 'the change takes effect, and the answer never comes: the caller runs out of time',
    takesEffect: true,
    instead: { wire: 'silence' },
  },
  WRONG_SIGNATURE: {
    on: 'answer',
    summary: 'the answer carries the signature of another text',
    takesEffect: true,
    flaw: 'wrong-signature',
  },
  PROBE: {
    on: 'answer',
    summary: 'a signature probe: `WECHATPAY/SIGNTEST/` in Base64 of the right length',
    takesEffect: true,
    flaw: 'probe',
  },
  PROBE_BROKEN: {
    on: 'answer',
    summary: 'a signature probe that is no Base64',
    takesEffect: true,
    flaw: 'broken-probe',
  },
  UNKNOWN_SERIAL: {
    on: 'answer',
    summary: 'the answer is signed by a key that WeChat Pay does not have, under its serial number',
    takesEffect: true,
    flaw: 'unknown-serial',
  },
  OLD_TIMESTAMP: {
    on: 'answer',
    summary: 'the answer is signed well, ten minutes ago',
    takesEffect: true,
    flaw: 'old-timestamp',
  },
  BODY_CHANGED: {
    on: 'answer',
    summary: 'one digit of the answer is changed after it was signed',
    takesEffect: true,
    flaw: 'body-changed',
  },
  UNSIGNED: {
    on: 'answer',
    summary: 'the answer carries no signature; of a cancellation, an unsigned 204',
    takesEffect: true,
    flaw: 'unsigned',
  },
  ROTATION: {
    on: 'answer',
    summary: 'a rotation goes on: the answer is signed by a new platform certificate',
    takesEffect: true,
    flaw: 'new-certificate',
  },

  CALLBACK_LOST: {
    on: 'callback',
    summary: 'the callback is never sent',
    callback: { delivery: 'lost' },
  },
  CALLBACK_LATE: {
    on: 'callback',
    summary: 'the callback comes `seconds` of business time late, 60 unless said otherwise',
    callback: { delivery: 'late' },
  },
  CALLBACK_OUT_OF_ORDER: {
    on: 'callback',
    summary: 'the callback comes after the next one of the merchant, at the latest after an hour',
    callback: { delivery: 'swapped' },
  },
  CALLBACK_TWICE: {
    on: 'callback',
    summary: 'the callback comes twice in a row',
    callback: { copies: 2, together: false },
  },
  CALLBACK_EIGHTFOLD: {
    on: 'callback',
    summary: 'the callback comes eight times at once',
    callback: { copies: 8, together: true },
  },
  CALLBACK_OTHER_AMOUNT: {
    on: 'callback',
    summary: 'a callback with another amount, signed well; the true one follows',
    callback: { amount: 'other' },
  },
  CALLBACK_WRONG_SIGNATURE: {
    on: 'callback',
    summary: 'a callback with the signature of another text; the true one follows',
    callback: { flaw: 'wrong-signature' },
  },
  CALLBACK_PROBE: {
    on: 'callback',
    summary: 'a signature probe in Base64 of the right length; the true one follows',
    callback: { flaw: 'probe' },
  },
  CALLBACK_PROBE_BROKEN: {
    on: 'callback',
    summary: 'a signature probe that is no Base64; the true one follows',
    callback: { flaw: 'broken-probe' },
  },
  CALLBACK_UNKNOWN_SERIAL: {
    on: 'callback',
    summary: 'a callback signed by a key that WeChat Pay does not have; the true one follows',
    callback: { flaw: 'unknown-serial' },
  },
  CALLBACK_OLD_TIMESTAMP: {
    on: 'callback',
    summary: 'a callback signed well, ten minutes ago; the true one follows',
    callback: { flaw: 'old-timestamp' },
  },
  CALLBACK_BODY_CHANGED: {
    on: 'callback',
    summary: 'a callback of which one digit was changed after signing; the true one follows',
    callback: { flaw: 'body-changed' },
  },
  CALLBACK_UNSIGNED: {
    on: 'callback',
    summary: 'a callback without a signature; the true one follows',
    callback: { flaw: 'unsigned' },
  },
  CALLBACK_PUBLIC_KEY: {
    on: 'callback',
    summary:
      'a callback signed by the WeChat Pay public key, while answers stay on the certificate; it is sound',
    callback: { flaw: 'public-key' },
  },
  CALLBACK_ROTATION: {
    on: 'callback',
    summary: 'a callback signed by a new platform certificate, which is listed; it is sound',
    callback: { flaw: 'new-certificate' },
  },
} as const satisfies Record<string, Fault>

/** What a fault is ordered by. */
export type FaultName = keyof typeof faults

export const isFaultName = (name: string): name is FaultName => Object.hasOwn(faults, name)

export const faultNames: readonly FaultName[] = Object.keys(faults).filter(isFaultName)

/** Widened to what every row has, so that callers can tell the kinds apart. */
export const faultOf = (name: FaultName): Fault => faults[name]
