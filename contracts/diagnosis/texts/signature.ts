import type { MistakeText } from './mistake-text.ts'

const plainBase64 =
  'Send the signature as plain Base64 on one line: sign(…).toString("base64"), base64_encode(), Base64.getEncoder().'

/** Of the signature as such: how it is written and how it was made. */
export const signatureTexts = {
  signatureBase64Url: {
    sentence: 'The signature is Base64 of the URL alphabet, with - and _ for + and /.',
    fix: plainBase64,
  },
  signatureUnpadded: {
    sentence: 'The signature is Base64 without its padding: the = at the end are missing.',
    fix: plainBase64,
  },
  signatureHex: { sentence: 'The signature is written in hex, not in Base64.', fix: plainBase64 },
  signatureHexInBase64: {
    sentence: 'The signature is Base64 of hex text, not of the bytes.',
    fix: plainBase64,
  },
  signatureBase64Twice: {
    sentence: 'The signature is Base64 of Base64: it was encoded twice.',
    fix: plainBase64,
  },
  signatureWrapped: {
    sentence: 'The signature has white space or line feeds in it.',
    fix: `${plainBase64} Encoders for mail break lines after 64 or 76 letters.`,
  },
  signaturePlusLost: {
    sentence: 'The signature has blanks where its + were: it was decoded like a form.',
    fix: plainBase64,
  },
  signaturePercentEncoded: {
    sentence: 'The signature is percent-encoded, as for a URL.',
    fix: plainBase64,
  },
  signatureQuoted: {
    sentence: 'The signature has quotes or backslashes around it, as from a JSON encoder.',
    fix: plainBase64,
  },
  signatureIsDigest: {
    sentence: 'The signature is the bare {signed} of the text: no key has signed it.',
    fix: 'Sign with RSA, PKCS#1 v1.5 over SHA-256 (SHA256withRSA), with apiclient_key.pem.',
  },
  hashOther: {
    sentence: 'The text was hashed with {signed}; it must be SHA-256.',
    fix: 'Use SHA256withRSA: RSA-SHA256 in Node, OPENSSL_ALGO_SHA256 in PHP, crypto.SHA256 in Go.',
  },
  digestWithoutHeader: {
    sentence:
      'The bare SHA-256 was encrypted with the private key, without naming the hash (DigestInfo).',
    fix: 'Let the library hash and sign in one call (SHA256withRSA) and hand it the text itself.',
  },
  digestHashedAgain: {
    sentence: 'The text was hashed twice: its SHA-256 was handed to a call that hashes by itself.',
    fix: 'Hand the text itself to the signing call, not its hash.',
  },
  signedWithoutHash: {
    sentence: 'The text itself was encrypted with the private key; it was not hashed.',
    fix: 'Use a signing call (SHA256withRSA), not encryption with the private key.',
  },
  paddingPss: {
    sentence: 'The signature has PSS padding; it must be PKCS#1 v1.5.',
    fix: 'Use SHA256withRSA, not RSASSA-PSS: padding PKCS1 in your library, SignPKCS1v15 in Go.',
  },
} as const satisfies Record<string, MistakeText>
