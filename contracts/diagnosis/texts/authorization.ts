import { clock, header, seconds } from './fixes.ts'
import type { MistakeText } from './mistake-text.ts'

/** Of the Authorization header: its form and its age. */
export const authorizationTexts = {
  authorizationMissing: {
    sentence: 'The request has no Authorization header.',
    fix: `${header} Check that no proxy or HTTP client drops it.`,
  },
  authorizationFolded: {
    sentence: 'The Authorization header runs over more than one line.',
    fix: header,
  },
  authorizationExtra: {
    sentence: 'The Authorization header holds something beside its members: {sent}.',
    fix: header,
  },
  authorizationUnreadable: {
    sentence:
      'The Authorization header does not have the form name="value",name="value" that is demanded.',
    fix: header,
  },
  schemeMissing: { sentence: 'The Authorization header begins without a scheme.', fix: header },
  schemeOther: {
    sentence: 'The scheme of the Authorization header is {sent}; it must be {signed}.',
    fix: header,
  },
  separatorNotComma: {
    sentence: 'The members of the Authorization header are not separated by commas.',
    fix: header,
  },
  valueNotQuoted: {
    sentence: 'The Authorization header has values that do not stand in double quotes: {sent}.',
    fix: header,
  },
  valueSingleQuoted: {
    sentence: 'The Authorization header has values in single quotes, not in double ones: {sent}.',
    fix: header,
  },
  memberMissing: { sentence: 'The Authorization header has no {sent}.', fix: header },
  memberTwice: { sentence: 'The Authorization header has {sent} twice.', fix: header },
  memberMisspelt: {
    sentence: 'The Authorization header says {sent} where it must say {signed}.',
    fix: header,
  },
  timestampInMilliseconds: {
    sentence: 'The timestamp of the header, {sent}, counts milliseconds; it must count seconds.',
    fix: seconds,
  },
  timestampNotNumber: {
    sentence: 'The timestamp of the header, {sent}, is not a whole number of Unix seconds.',
    fix: seconds,
  },
  nonceUnusable: {
    sentence: 'The nonce_str of the header is not 1 to 128 visible ASCII characters.',
    fix: 'Use 32 random letters and digits.',
  },
  timestampTooOld: {
    sentence: 'The timestamp is {sent} seconds old; more than 300 are refused.',
    fix: `Sign at the moment of sending, also when repeating. ${clock}`,
  },
  timestampInFuture: {
    sentence: 'The timestamp lies {sent} seconds in the future; more than 300 are refused.',
    fix: clock,
  },
} as const satisfies Record<string, MistakeText>
