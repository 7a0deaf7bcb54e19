import { lines, seconds } from './fixes.ts'
import type { MistakeText } from './mistake-text.ts'

const sameNonce = 'Make the nonce once, in a variable, and use it for the text and for the header.'

/** Of time, nonce and the layout of the lines. */
export const messageTexts = {
  timestampSignedInMilliseconds: {
    sentence: 'The timestamp was signed in milliseconds: {signed}; the header says {sent}.',
    fix: seconds,
  },
  timestampOther: {
    sentence: 'The timestamp that was signed is {signed}; the header says {sent}.',
    fix: seconds,
  },
  nonceCase: {
    sentence: 'The nonce was signed as {signed}; the header says {sent}, in another letter case.',
    fix: sameNonce,
  },
  nonceDashes: {
    sentence: 'The nonce was signed as {signed}; the header says {sent}: the dashes differ.',
    fix: sameNonce,
  },
  nonceEmpty: { sentence: 'An empty nonce was signed; the header says {sent}.', fix: sameNonce },
  nonceOther: {
    sentence: 'The nonce that was signed is {signed}; the header says {sent}.',
    fix: sameNonce,
  },
  fieldOrder: {
    sentence: 'The lines were signed in another order: {signed}; it must be {sent}.',
    fix: lines,
  },
  fieldMissing: {
    sentence: 'A line is missing: what was signed is {signed}; it must be {sent}.',
    fix: lines,
  },
  answerLayout: {
    sentence: 'The text for verifying answers was signed: {signed}; a request is {sent}.',
    fix: lines,
  },
  separatorOther: {
    sentence: 'The lines were ended by {signed}; each must end in {sent}.',
    fix: `${lines} In PHP "\\n" wants double quotes; elsewhere do not use the line end of the system.`,
  },
  lastLineFeedMissing: {
    sentence:
      'The last line feed is missing: the text that was signed ends after the body; it must end in \\n.',
    fix: lines,
  },
  bodyLineMissing: {
    sentence: 'The line of the empty body is missing: the text that was signed must end in \\n\\n.',
    fix: `${lines} Without a body that line is empty, and ends in \\n too.`,
  },
  lineFeedTooMany: {
    sentence:
      'The text that was signed ends in a line feed too many, after the last line or after its body.',
    fix: lines,
  },
} as const satisfies Record<string, MistakeText>
