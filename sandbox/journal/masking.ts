import { scheme } from '../../contracts/protocol/authorization.ts'
import type { HeaderList } from './entries.ts'

const mask = '***'
const privateKeys =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g
// PHP writes the slashes of an address with a backslash.
const userInAddress = /(https?:(?:\\?\/){2})[^/?#@\s"]+@/g
const secretHeaders = ['cookie', 'set-cookie', 'proxy-authorization', 'x-api-key']
// However it is written: a header that cannot be read is the one that people look at.
const signatures = /(\bsign(?:ature)?\s*[=:]\s*["']?[^"',\s]{8})[^"',\s]*/gi

/** The same with private keys and passwords hidden in every text, and `secrets` too. */
export const masked = <Value>(value: Value, secrets: readonly string[]): Value => {
  const hide = (text: string) =>
    secrets
      .reduce((rest, secret) => rest.replaceAll(secret, mask), text)
      .replace(privateKeys, mask)
      .replace(userInAddress, `$1${mask}@`)

  return JSON.parse(JSON.stringify(value), (_, each) =>
    typeof each === 'string' ? hide(each) : each,
  )
}

/** Headers without cookies, tokens and whole signatures: whoever reads one could send it again. */
export const maskedHeaders = (headers: HeaderList): HeaderList =>
  headers.map(([name, value]) => [name, shownHeader(name.toLowerCase(), value)])

const shownHeader = (name: string, value: string): string => {
  if (secretHeaders.includes(name)) return mask
  if (name !== 'authorization') return value
  return value.startsWith(scheme)
    ? value.replace(signatures, `$1${mask}`)
    : `${value.split(' ', 1)[0]} ${mask}`
}
