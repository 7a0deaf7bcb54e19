/**
 * What nobody should read in a journal, a log or a saved world, wherever a caller put it: keys,
 * passwords, phone numbers. What is kept stays as it came, since a diagnosis needs its bytes.
 * @module
 */
import type { HeaderList } from './entries.ts'

const mask = '***'

/** What stands for a blank or a line end in JSON, shells, forms and mails. */
const gap = String.raw`(?:\s|\\+[nrt]|\+|%20|%0[ad])`
const keyWords = `(?:[A-Z0-9]{1,20}${gap}{1,4}){0,3}PRIVATE${gap}{1,4}KEY`
/** Armoured (RFC 7468); one that is cut off goes to the end. */
const armouredKeys = new RegExp(
  `-{2,5}${gap}{0,4}BEGIN${gap}{1,4}${keyWords}[\\s\\S]*?(?:END${gap}{1,4}${keyWords}[ -]*|$)`,
  'gi',
)
/** The Base64 of an armoured one, as in settings of containers. */
const encodedKeys =
  /LS0tLS1CRUdJTi(?:BQUklWQVRF|BSU0EgUFJJVkFUR|BFQyBQUklWQVRF|BFTkNSWVBURUQgUFJJVkFUR)[\w+/=-]+/g
/**
 * Without armour: what begins as PKCS#1, PKCS#8, or PKCS#8 under a password does, and no certificate
 * or public key. Its lines are long, but for the last.
 */
const bareBegin = String.raw`MI(?:I[\w+/-]{2}[AQgw]IBA(?:DAN|AK[BC])|[GH]\wAgEAMB[AM]GByqGSM49|I[\w+/-]{3}B\wBgkqhkiG9w0BBQ)`
const base64 = String.raw`(?:[\w+/=-]|%2[bBfF]|%3[dD])`
const bareKeys = new RegExp(
  `${bareBegin}${base64}{16,}(?:${gap}+${base64}{16,})*(?:${gap}+[\\w+/]{1,15}={1,2})?`,
  'g',
)
// PHP writes the slashes of an address with a backslash.
const userInAddress = /(https?:(?:\\?\/){2})[^/?#@\s"]+@/g
/** The names under which secrets stand in queries and headers. */
const namedSecrets = /((?:password|passwd|secret|token|api_?key)=)[^&\s"]+/gi

const secretHeaders = /^(?:set-)?cookie$|^proxy-authorization$|token|secret|api-?key/
// However the header is written: one that cannot be read is what people look at. A serial number
// has 40 characters, the id of a public key about 50; a signature has 344, in lines of 64 perhaps.
const signatures = /([\w+/=%-]{8})[\w+/=%-]{53,}/g

/** Mobile numbers of the mainland, and not as a part of something longer. */
const phones =
  /(?:(?<=\\[nrt])|(?<![\w.+-]))(?:(?:\+?86|0086)[- ]?)?1[3-9]\d([- ]?)\d{4}\1\d{4}(?![\w+/=-]|\.\d)/g
const middle = /\d{4}(?=[- ]?\d{4}$)/
/** The name before a value, or the path that a value ends. */
const beforeValue = /(?:([\w-]+)\\*["']?\s*[:=]\s*\\*["']?|\/v3\/[^\s?"]*\/)$/
/** Under these names, or in a path, eleven digits are a number of the merchant's own. */
const ownName =
  /^(?!.*(?:phone|mobile|tel)).*(?:(?:^|_)(?:no|id|code|amount|total|price)|[a-z](?:No|Id))$/

/** Whether it is worth while to look at each text of a value: most have nothing of all this. */
const suspicious =
  /PRIVATE|LS0tLS1CRUdJTi|MI[GHI]|@|(?:passw|secret|token|key)\w*=|(?<!\d)(?:(?:00)?86)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)/i

/** A value without what is secret in its texts; `secrets` are the keys that are known. */
export const redacted = <Value>(value: Value, secrets: readonly string[]): Value => {
  const text = JSON.stringify(value)
  const present = secrets
    .flatMap((secret) => [secret, Buffer.from(secret).toString('base64').replace(/=+$/, '')])
    .filter((secret) => text.includes(secret))
  if (present.length === 0 && !suspicious.test(text)) return JSON.parse(text)
  const own = ownNumbersIn(text)
  const hide = (shown: string) =>
    present
      .reduce((rest, secret) => rest.replaceAll(secret, mask), shown)
      .replace(armouredKeys, mask)
      .replace(encodedKeys, mask)
      .replace(bareKeys, mask)
      .replace(userInAddress, `$1${mask}@`)
      .replace(namedSecrets, `$1${mask}`)
      .replace(phones, (phone) => (own.has(phone) ? phone : phone.replace(middle, '****')))

  return JSON.parse(text, (_, each) => (typeof each === 'string' ? hide(each) : each))
}

/** What looks like a phone number and is one of an order, say, wherever else it is told of. */
const ownNumbersIn = (text: string): ReadonlySet<string> => {
  const own = new Set<string>()
  for (const { 0: number, index } of text.matchAll(/(?<!\w)1[3-9]\d{9}(?!\w)/g)) {
    const [found, name] = beforeValue.exec(text.slice(Math.max(0, index - 80), index)) ?? []
    if (found !== undefined && (name === undefined || ownName.test(name))) own.add(number)
  }
  return own
}

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
