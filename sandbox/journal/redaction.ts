import type { HeaderList } from './entries.ts'

const mask = '***'
const privateKeys =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g
// PHP writes the slashes of an address with a backslash.
const userInAddress = /(https?:(?:\\?\/){2})[^/?#@\s"]+@/g
const secretHeaders = /^(?:set-)?cookie$|^proxy-authorization$|token|secret|api-?key/
// However the header is written: one that cannot be read is what people look at. A serial number
// has 40 characters, the id of a public key about 50; a signature has 344, in lines of 64 perhaps.
const signatures = /([\w+/=%-]{8})[\w+/=%-]{53,}/g
// The names under which secrets stand in queries and headers.
const namedSecrets = /((?:password|passwd|secret|token|api_?key)=)[^&\s"]+/gi

/** A text with private keys and passwords hidden, and `secrets` too. */
export const redactedText = (text: string, secrets: readonly string[]): string =>
  secrets
    .reduce((rest, secret) => rest.replaceAll(secret, mask), text)
    .replace(privateKeys, mask)
    .replace(userInAddress, `$1${mask}@`)
    .replace(namedSecrets, `$1${mask}`)

/** The same for every text in a value. */
export const redacted = <Value>(value: Value, secrets: readonly string[]): Value =>
  JSON.parse(JSON.stringify(value), (_, each) =>
    typeof each === 'string' ? redactedText(each, secrets) : each,
  )

/** Headers without cookies, tokens and whole signatures: whoever reads one could send it again. */
export const redactedHeaders = (headers: HeaderList): HeaderList =>
  headers.map(([name, value]) => [name, shownHeader(name.toLowerCase(), value)])

const shownHeader = (name: string, value: string): string => {
  if (secretHeaders.test(name)) return mask
  if (name !== 'authorization') return value
  // Other schemes, such as Basic and Bearer, say it all in one word.
  return /wechatpay|mchid/i.test(value)
    ? value.replace(signatures, `$1${mask}`)
    : `${value.split(' ', 1)[0]} ${mask}`
}
