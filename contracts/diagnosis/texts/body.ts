import type { MistakeText } from './mistake-text.ts'

const once = 'Serialise the body once, keep the string, sign that string and send that string.'
const utf8 =
  'Sign and send the same bytes, in UTF-8: state the character set where text becomes bytes.'
const meta =
  'Sign the text of the part meta, byte for byte as it is sent; the file is covered by its hash in there.'

/** Of the body and how it became bytes. */
export const bodyTexts = {
  bodyNotSigned: {
    sentence: 'The body was not signed: the text that was signed has an empty body line.',
    fix: 'Sign the body that is sent; only a request without a body has an empty line.',
  },
  bodyPlaceholder: {
    sentence: 'The body was signed as {signed}; what was sent is {sent}.',
    fix: 'Sign the bytes that are sent, and an empty line where there is no body.',
  },
  bodyReserialised: {
    sentence:
      'The body was serialised twice: what was signed differs from what was sent in {aspects}.',
    fix: once,
  },
  bodyQuoted: {
    sentence: 'The body was signed as a JSON string, in quotes: it was serialised twice.',
    fix: once,
  },
  bodyUnquoted: {
    sentence: 'The body was sent as a JSON string, in quotes, and signed without them.',
    fix: once,
  },
  bodyWhitespace: {
    sentence: 'The white space around the body differs: {signed} was signed, {sent} was sent.',
    fix: 'Sign the bytes that are sent, a line feed at their end included.',
  },
  bodyLineEnds: {
    sentence: 'The line ends inside the body differ: \\n on one side, \\r\\n on the other.',
    fix: 'Sign the bytes that are sent; nothing on the way may convert line ends.',
  },
  bodyForm: {
    sentence: 'The body was signed as form text (a=1&b=2); what was sent is JSON.',
    fix: once,
  },
  bodyBom: {
    sentence:
      'A byte order mark before the body differs between what was signed and what was sent.',
    fix: utf8,
  },
  uploadSignedWhole: {
    sentence: 'The whole multipart body was signed; it must be the text of the part meta only.',
    fix: meta,
  },
  uploadFileSigned: {
    sentence: 'The content of the file was signed; it must be the text of the part meta.',
    fix: meta,
  },
  uploadMetaMissing: {
    sentence: 'The upload has no part named meta, which is what has to be signed.',
    fix: 'Send a part meta with {"filename":…,"sha256":…} before the file, and sign its text.',
  },
  encodedAsGbk: {
    sentence: 'The text was signed in GBK and sent in UTF-8.',
    fix: utf8,
  },
  sentAsGbk: {
    sentence: 'The body was signed in UTF-8 and sent in GBK.',
    fix: utf8,
  },
  encodedAsLatin1: {
    sentence:
      'The text was read or written as Latin-1: its non-ASCII characters were signed as other bytes.',
    fix: utf8,
  },
  sentAsLatin1: {
    sentence:
      'The body was read as Latin-1 and encoded again before it was sent; it was signed right.',
    fix: utf8,
  },
  encodedAsAscii: {
    sentence: 'The non-ASCII characters were signed as question marks.',
    fix: utf8,
  },
  encodedAsUtf16: {
    sentence: 'The text was signed in UTF-16LE and sent in UTF-8.',
    fix: 'Turn the text into bytes as UTF-8: Encoding.UTF8 in .NET, not Encoding.Unicode.',
  },
} as const satisfies Record<string, MistakeText>
