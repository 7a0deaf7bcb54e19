import { scheme } from '../../contracts/protocol/authorization.ts'
import type { HeaderList } from './entries.ts'

const mask = '***'
const secretHeaders = ['cookie', 'set-cookie', 'proxy-authorization', 'x-api-key']
const privateKeys =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g
const userInAddress = /(https?:\/\/)[^/?#@\s"]+@/g

/** Hides what must not be read over a shoulder: private keys, APIv3 keys, passwords, cookies. */
export type Masking = { text(text: string): string; headers(headers: HeaderList): HeaderList }

/** `secrets` are hidden wherever they stand. */
export const maskingOf = (secrets: readonly string[]): Masking => {
  const text = (shown: string) =>
    secrets
      .reduce((rest, secret) => rest.replaceAll(secret, mask), shown)
      .replace(privateKeys, mask)
      .replace(userInAddress, `$1${mask}@`)

  const header = (name: string, value: string): string => {
    const lower = name.toLowerCase()
    if (secretHeaders.includes(lower)) return mask
    if (lower !== 'authorization') return text(value)
    // Whoever reads a whole signature could send the request again.
    return value.startsWith(scheme)
      ? text(value.replace(/(signature="[^"]{8})[^"]*(?=")/, `$1${mask}`))
      : `${value.split(' ', 1)[0]} ${mask}`
  }

  return {
    text,
    headers: (headers) => headers.map(([name, value]) => [name, header(name, value)]),
  }
}
