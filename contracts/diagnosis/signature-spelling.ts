import type { MistakeCode } from './mistakes.ts'

/** The bytes that a signature may mean, and what is wrong with the way in which they are written. */
export type Reading = { bytes: Buffer; codes: readonly MistakeCode[] }

const isBase64 = (text: string) => Buffer.from(text, 'base64').toString('base64') === text
const within = (text: string) => Buffer.from(text, 'base64').toString('latin1')
const padded = (text: string) => text.padEnd(Math.ceil(text.length / 4) * 4, '=')
const fromHex = (text: string) => Buffer.from(text, 'hex').toString('base64')
const hex = /^(?:[0-9a-f]{2}){16,}$/i

/** Wrong ways to write a signature, each with what undoes it; other texts it leaves as they are. */
const slips: readonly (readonly [MistakeCode, (text: string) => string])[] = [
  // A blank is what is left of a + or of a line end: both are tried.
  ['signaturePlusLost', (text) => text.replaceAll(' ', '+')],
  ['signatureWrapped', (text) => text.replace(/\s|\\[rn]/g, '')],
  ['signatureQuoted', (text) => text.replace(/["'\\]/g, '')],
  [
    'signaturePercentEncoded',
    (text) => text.replace(/%([0-9a-f]{2})/gi, (_, code) => Buffer.from(code, 'hex').toString()),
  ],
  [
    'signatureBase64Url',
    (text) => (/[-_]/.test(text) ? padded(text.replaceAll('-', '+').replaceAll('_', '/')) : text),
  ],
  ['signatureUnpadded', padded],
  ['signatureHex', (text) => (hex.test(text) ? fromHex(text) : text)],
  ['signatureHexInBase64', (text) => (hex.test(within(text)) ? fromHex(within(text)) : text)],
  ['signatureBase64Twice', (text) => (isBase64(within(text)) ? within(text) : text)],
]

/** What the text of a signature may mean: plain Base64, or Base64 after up to three slips. */
export const readingsOf = (text: string): Reading[] =>
  undone(text, []).toSorted((one, other) => one.codes.length - other.codes.length)

const undone = (text: string, codes: readonly MistakeCode[]): Reading[] => {
  const plain = isBase64(text) ? [{ bytes: Buffer.from(text, 'base64'), codes }] : []
  if (codes.length === 3) return plain
  const others = slips.flatMap(([code, undo]) => {
    const meant = undo(text)
    return meant === text || meant === '' ? [] : undone(meant, [...codes, code])
  })

  return [...plain, ...others]
}
