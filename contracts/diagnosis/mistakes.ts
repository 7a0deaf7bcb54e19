/**
 * Every mistake that can be named: what was done, and what to do instead. `{signed}` and `{sent}`
 * stand for what is found on the two sides.
 * @module
 */
type Wording = { sentence: string; fix: string }

const lines =
  'Sign five lines, each ended by one \\n, the last one too: method, target, timestamp, nonce_str, body.'
const target =
  'Sign path and query exactly as they stand on the request line: take them from the finished request, after the last encoding.'
const once = 'Serialise the body once, keep the string, sign that string and send that string.'
const plainBase64 =
  'Send the signature as plain Base64 on one line: sign(…).toString("base64"), base64_encode(), Base64.getEncoder().'
const ownKey =
  'Sign with the private key of the merchant whose mchid stands in the header (apiclient_key.pem).'
const ownSerial =
  'Send the serial number of the certificate that belongs to the signing key: openssl x509 -in apiclient_cert.pem -noout -serial.'
const ownMchid =
  'Send the mchid of the merchant whose key signs; a sub-merchant is named in the body.'
const header =
  'Write WECHATPAY2-SHA256-RSA2048 mchid="…",nonce_str="…",timestamp="…",serial_no="…",signature="…" on one line.'
const seconds = 'Take Unix seconds once, in a variable, and use it for the text and for the header.'
const sameNonce = 'Make the nonce once, in a variable, and use it for the text and for the header.'
const utf8 =
  'Sign and send the same bytes, in UTF-8: state the character set where text becomes bytes.'
const clock =
  'Set the clock of this machine by NTP; Unix time knows no time zone, so do not add one.'
const meta =
  'Sign the text of the part meta, byte for byte as it is sent; the file is covered by its hash in there.'
const rawBody =
  'Verify the bytes as they came, before a framework or a logger reads them: take the raw body, not the parsed one.'

const wordings = {
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
    sentence: 'The Authorization header does not have the form that is demanded.',
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
    sentence: 'The value of {sent} in the Authorization header does not stand in double quotes.',
    fix: header,
  },
  valueSingleQuoted: {
    sentence: 'The value of {sent} in the Authorization header stands in single quotes.',
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
    sentence: 'The signature is the bare {signed} of the right text: no key has signed it.',
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

  keyOfSubMerchant: {
    sentence: "The key that signed, {signed}, is the sub-merchant's.",
    fix: ownKey,
  },
  keyFormer: {
    sentence: 'The key that signed, {signed}, is a former one of the merchant.',
    fix: 'Load the key that belongs to the newest certificate of the merchant, and its serial number.',
  },
  keyOfOtherMerchant: {
    sentence: 'The key that signed, {signed}, is that of another merchant.',
    fix: ownKey,
  },
  keyOfPlatformCertificate: {
    sentence: 'The key that signed, {signed}, is that of the platform certificate.',
    fix: ownKey,
  },
  keyOfPlatformPublicKey: {
    sentence: 'The key that signed, {signed}, is the private half of the WeChat Pay public key.',
    fix: ownKey,
  },
  keyOfReplay: {
    sentence: 'The key that signed is the one that the documentation prints for examples.',
    fix: ownKey,
  },
  serialOfOtherKey: {
    sentence: 'serial_no is {sent}; the key that signed belongs to the certificate {signed}.',
    fix: ownSerial,
  },
  serialOfPlatform: {
    sentence:
      'serial_no is {sent}, which is that of the platform certificate; that of the signing key is {signed}.',
    fix: `${ownSerial} The platform's id goes into the header Wechatpay-Serial.`,
  },
  serialIsPublicKeyId: {
    sentence:
      'serial_no is {sent}, the id of the WeChat Pay public key; the serial number of the signing key is {signed}.',
    fix: `${ownSerial} The id of the public key goes into the header Wechatpay-Serial.`,
  },
  serialDecimal: {
    sentence: 'serial_no is written in decimal; it must be hex: {signed}.',
    fix: ownSerial,
  },
  serialSpelling: {
    sentence: 'serial_no is written {sent}; it must be hex without signs: {signed}.',
    fix: ownSerial,
  },
  mchidOfSubMerchant: {
    sentence: 'mchid is {sent}, the sub-merchant; the key that signed belongs to {signed}.',
    fix: ownMchid,
  },
  mchidOther: {
    sentence: 'mchid is {sent}; the key that signed belongs to {signed}.',
    fix: ownMchid,
  },

  methodCase: {
    sentence: 'The method was signed as {signed}; the request line says {sent}.',
    fix: 'Sign the method in capitals.',
  },
  methodOther: {
    sentence: 'The method was signed as {signed}; the request was sent with {sent}.',
    fix: 'Take the method from the finished request.',
  },
  urlWithHost: {
    sentence: 'The URL was signed with its host: {signed}; only {sent} is to be signed.',
    fix: target,
  },
  prefixSigned: {
    sentence: 'A path prefix was signed that is not sent: {signed} instead of {sent}.',
    fix: `${target} The part of a base URL that a proxy takes away does not belong in there.`,
  },
  prefixNotSigned: {
    sentence:
      'The path was sent with a prefix that was not signed: {signed} was signed, {sent} came.',
    fix: `${target} Check which prefix a proxy on the way adds.`,
  },
  slashMissing: {
    sentence: 'The path was signed without its leading slash: {signed}.',
    fix: target,
  },
  versionMissing: {
    sentence: 'The path was signed without /v3: {signed} instead of {sent}.',
    fix: target,
  },
  slashTrailing: {
    sentence: 'The slash at the end of the path differs: {signed} was signed, {sent} was sent.',
    fix: target,
  },
  pathDecoded: {
    sentence: 'The path was signed decoded: {signed} instead of {sent}.',
    fix: target,
  },
  pathReencoded: {
    sentence: 'The path was encoded another way: {signed} was signed, {sent} was sent.',
    fix: target,
  },
  pathNormalised: {
    sentence: 'The path was signed cleaned up: {signed} instead of {sent}.',
    fix: target,
  },
  pathTemplate: {
    sentence: 'The template of the path was signed, not filled in: {signed} instead of {sent}.',
    fix: target,
  },
  queryMissing: {
    sentence: 'The query was not signed: {signed} was signed, {sent} was sent.',
    fix: target,
  },
  queryDecoded: {
    sentence: 'The query was signed decoded: {signed} instead of {sent}.',
    fix: target,
  },
  queryReordered: {
    sentence:
      'The parameters of the query were signed in another order: {signed} instead of {sent}.',
    fix: target,
  },
  queryReencoded: {
    sentence: 'The query was encoded another way: {signed} was signed, {sent} was sent.',
    fix: target,
  },
  queryInBody: {
    sentence: 'The query was signed as the body, and the path without it.',
    fix: `${target} The body line of a GET is empty.`,
  },
  questionMark: {
    sentence: 'A question mark without a query differs: {signed} was signed, {sent} was sent.',
    fix: target,
  },

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

  methodChanged: {
    sentence: 'The method {signed} was signed and sent; WeChat Pay saw {sent}.',
    fix: 'Look for what changes requests on their way: a proxy, a gateway, a redirect.',
  },
  targetChanged: {
    sentence: 'The target {signed} was signed and sent; WeChat Pay saw {sent}.',
    fix: 'Look for what rewrites paths on their way: a proxy prefix in baseUrl, a gateway, a redirect.',
  },
  bodyChanged: {
    sentence:
      'The text that was signed has {signed} bytes, the one that WeChat Pay built {sent}: the body changed on its way.',
    fix: 'Look for what rewrites bodies on their way: a proxy, a gateway, middleware of the HTTP client.',
  },
  certificateOfOtherKey: {
    sentence:
      'The signature is right for this private key, and WeChat Pay saw what was signed: the certificate {sent} belongs to another private key.',
    fix: ownSerial,
  },
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
} as const satisfies Record<string, Wording>

export type MistakeCode = keyof typeof wordings

const isMistakeCode = (code: string): code is MistakeCode => Object.hasOwn(wordings, code)

export const mistakeCodes: readonly MistakeCode[] = Object.keys(wordings).filter(isMistakeCode)

/** One thing that the caller did wrong, and what to do about it. */
export type Mistake = { code: MistakeCode; sentence: string; fix: string }

/** What goes into a sentence, printable: what was found on the signed side, and on the sent side. */
export type Found = { signed?: string; sent?: string; aspects?: string }

export const mistake = (code: MistakeCode, found: Found = {}): Mistake => {
  const { sentence, fix }: Wording = wordings[code]
  const words = new Map(Object.entries(found))
  const fill = (_: string, name: string) => words.get(name) ?? ''

  return { code, sentence: sentence.replace(/\{(signed|sent|aspects)\}/g, fill), fix }
}
