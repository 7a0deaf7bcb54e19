import type { Situation } from '../../contracts/errors.ts'
import type { Text } from '../../contracts/texts.ts'
import type { Flaw } from '../authority/flaws.ts'
import { faultTexts } from './texts.ts'

/** What an answer says instead of the true one. */
type Instead =
  | { situation: Situation }
  | { named: 'error' }
  | { gateway: 502 | 503 }
  | { wire: 'close' | 'silence' }

/** What goes wrong with a callback. */
export type CallbackFault =
  | { flaw: Flaw }
  | { amount: 'other' }
  /** Sent so often at once; or so often in a row. */
  | { copies: number; together: boolean }
  | { delivery: 'lost' | 'late' | 'swapped' }

/** One thing that goes wrong, as WeChat Pay and networks do it. */
export type Fault = { summary: Text } & (
  | { on: 'answer'; takesEffect: boolean; instead: Instead }
  | { on: 'answer'; takesEffect: true; flaw: Flaw }
  | { on: 'answer'; takesEffect: true; delay: true }
  | { on: 'callback'; callback: CallbackFault }
)

/** What can be made to go wrong, by the names under which it is asked for. */
export const faults = {
  SYSTEM_ERROR: {
    on: 'answer',
    summary: faultTexts.SYSTEM_ERROR,
    takesEffect: false,
    instead: { situation: 'systemError' },
  },
  SYSTEM_ERROR_AFTER: {
    on: 'answer',
    summary: faultTexts.SYSTEM_ERROR_AFTER,
    takesEffect: true,
    instead: { situation: 'systemError' },
  },
  FREQUENCY_LIMITED: {
    on: 'answer',
    summary: faultTexts.FREQUENCY_LIMITED,
    takesEffect: false,
    instead: { situation: 'frequencyLimited' },
  },
  ERROR: {
    on: 'answer',
    summary: faultTexts.ERROR,
    takesEffect: false,
    instead: { named: 'error' },
  },
  BAD_GATEWAY: {
    on: 'answer',
    summary: faultTexts.BAD_GATEWAY,
    takesEffect: false,
    instead: { gateway: 502 },
  },
  SERVICE_UNAVAILABLE: {
    on: 'answer',
    summary: faultTexts.SERVICE_UNAVAILABLE,
    takesEffect: false,
    instead: { gateway: 503 },
  },
  DELAY: {
    on: 'answer',
    summary: faultTexts.DELAY,
    takesEffect: true,
    delay: true,
  },
  CLOSED: {
    on: 'answer',
    summary: faultTexts.CLOSED,
    takesEffect: false,
    instead: { wire: 'close' },
  },
  CLOSED_AFTER: {
    on: 'answer',
    summary: faultTexts.CLOSED_AFTER,
    takesEffect: true,
    instead: { wire: 'close' },
  },
  ANSWER_LOST: {
    on: 'answer',
    summary: faultTexts.ANSWER_LOST,
    takesEffect: true,
    instead: { wire: 'silence' },
  },
  WRONG_SIGNATURE: {
    on: 'answer',
    summary: faultTexts.WRONG_SIGNATURE,
    takesEffect: true,
    flaw: 'wrong-signature',
  },
  PROBE: {
    on: 'answer',
    summary: faultTexts.PROBE,
    takesEffect: true,
    flaw: 'probe',
  },
  PROBE_BROKEN: {
    on: 'answer',
    summary: faultTexts.PROBE_BROKEN,
    takesEffect: true,
    flaw: 'broken-probe',
  },
  UNKNOWN_SERIAL: {
    on: 'answer',
    summary: faultTexts.UNKNOWN_SERIAL,
    takesEffect: true,
    flaw: 'unknown-serial',
  },
  OLD_TIMESTAMP: {
    on: 'answer',
    summary: faultTexts.OLD_TIMESTAMP,
    takesEffect: true,
    flaw: 'old-timestamp',
  },
  BODY_CHANGED: {
    on: 'answer',
    summary: faultTexts.BODY_CHANGED,
    takesEffect: true,
    flaw: 'body-changed',
  },
  UNSIGNED: {
    on: 'answer',
    summary: faultTexts.UNSIGNED,
    takesEffect: true,
    flaw: 'unsigned',
  },
  ROTATION: {
    on: 'answer',
    summary: faultTexts.ROTATION,
    takesEffect: true,
    flaw: 'new-certificate',
  },

  CALLBACK_LOST: {
    on: 'callback',
    summary: faultTexts.CALLBACK_LOST,
    callback: { delivery: 'lost' },
  },
  CALLBACK_LATE: {
    on: 'callback',
    summary: faultTexts.CALLBACK_LATE,
    callback: { delivery: 'late' },
  },
  CALLBACK_OUT_OF_ORDER: {
    on: 'callback',
    summary: faultTexts.CALLBACK_OUT_OF_ORDER,
    callback: { delivery: 'swapped' },
  },
  CALLBACK_TWICE: {
    on: 'callback',
    summary: faultTexts.CALLBACK_TWICE,
    callback: { copies: 2, together: false },
  },
  CALLBACK_EIGHTFOLD: {
    on: 'callback',
    summary: faultTexts.CALLBACK_EIGHTFOLD,
    callback: { copies: 8, together: true },
  },
  CALLBACK_OTHER_AMOUNT: {
    on: 'callback',
    summary: faultTexts.CALLBACK_OTHER_AMOUNT,
    callback: { amount: 'other' },
  },
  CALLBACK_WRONG_SIGNATURE: {
    on: 'callback',
    summary: faultTexts.CALLBACK_WRONG_SIGNATURE,
    callback: { flaw: 'wrong-signature' },
  },
  CALLBACK_PROBE: {
    on: 'callback',
    summary: faultTexts.CALLBACK_PROBE,
    callback: { flaw: 'probe' },
  },
  CALLBACK_PROBE_BROKEN: {
    on: 'callback',
    summary: faultTexts.CALLBACK_PROBE_BROKEN,
    callback: { flaw: 'broken-probe' },
  },
  CALLBACK_UNKNOWN_SERIAL: {
    on: 'callback',
    summary: faultTexts.CALLBACK_UNKNOWN_SERIAL,
    callback: { flaw: 'unknown-serial' },
  },
  CALLBACK_OLD_TIMESTAMP: {
    on: 'callback',
    summary: faultTexts.CALLBACK_OLD_TIMESTAMP,
    callback: { flaw: 'old-timestamp' },
  },
  CALLBACK_BODY_CHANGED: {
    on: 'callback',
    summary: faultTexts.CALLBACK_BODY_CHANGED,
    callback: { flaw: 'body-changed' },
  },
  CALLBACK_UNSIGNED: {
    on: 'callback',
    summary: faultTexts.CALLBACK_UNSIGNED,
    callback: { flaw: 'unsigned' },
  },
  CALLBACK_PUBLIC_KEY: {
    on: 'callback',
    summary: faultTexts.CALLBACK_PUBLIC_KEY,
    callback: { flaw: 'public-key' },
  },
  CALLBACK_ROTATION: {
    on: 'callback',
    summary: faultTexts.CALLBACK_ROTATION,
    callback: { flaw: 'new-certificate' },
  },
} as const satisfies Record<string, Fault>

/** What a fault is ordered by. */
export type FaultName = keyof typeof faults

export const isFaultName = (name: string): name is FaultName => Object.hasOwn(faults, name)

export const faultNames: readonly FaultName[] = Object.keys(faults).filter(isFaultName)

/** Widened to what every row has, so that callers can tell the kinds apart. */
export const faultOf = (name: FaultName): Fault => faults[name]
