import { clock } from './fixes.ts'
import type { MistakeText } from './mistake-text.ts'

const rawBody =
  'Verify the bytes as they came, before a framework or a logger reads them: take the raw body, not the parsed one.'

/** Of answers and callbacks, seen by the merchant. */
export const answerTexts = {
  answerHeadersMissing: {
    sentence: 'The answer lacks {sent}, so nothing proves that it comes from WeChat Pay.',
    fix: 'Refuse it. If all lack them, check that no proxy drops headers; 401, 404 and file downloads are unsigned.',
  },
  answerProbe: {
    sentence:
      'The signature is a probe (WECHATPAY/SIGNTEST/): it is wrong on purpose and nobody made a mistake.',
    fix: 'Refuse it like any wrong signature; the true message comes again.',
  },
  answerTimestampOff: {
    sentence:
      'Wechatpay-Timestamp is {sent} seconds away from now; more than 300 are to be refused.',
    fix: `Refuse it: it may be sent a second time by somebody else. ${clock}`,
  },
  answerSerialUnknown: {
    sentence: 'Wechatpay-Serial is {sent}, which is none of the known platform keys.',
    fix: 'Download the platform certificates again, or load the WeChat Pay public key of this id.',
  },
  answerSerialOther: {
    sentence: 'Wechatpay-Serial is {sent}; the key that signed is {signed}.',
    fix: 'Refuse it. Check that the ids stand beside the right keys in the configuration.',
  },
  answerBodyReserialised: {
    sentence:
      'The body was parsed and serialised again before it was verified; it differs in {aspects}.',
    fix: rawBody,
  },
  answerBodyTrimmed: {
    sentence: 'The white space around the body was changed before it was verified.',
    fix: rawBody,
  },
  answerBodyReplaced: {
    sentence: 'The body that was signed is {signed}; {sent} was verified instead.',
    fix: rawBody,
  },
  answerBodyDecoded: {
    sentence: 'The body was decoded with another character set before it was verified.',
    fix: rawBody,
  },
} as const satisfies Record<string, MistakeText>
