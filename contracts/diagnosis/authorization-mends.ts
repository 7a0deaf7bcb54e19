import {
  type Authorization,
  parseAuthorization,
  scheme,
  schemeOf,
} from '../protocol/authorization.ts'
import { type Finding, type MistakeCode, mistake } from './mistakes.ts'
import { fragmentTexts } from './texts/facts.ts'

/** The members of a header that keeps to the form. */
export const readStrictly = (header: string): Authorization | undefined => {
  if (schemeOf(header) !== scheme) return undefined
  try {
    return parseAuthorization(header)
  } catch {
    return undefined
  }
}

type Mend = readonly [MistakeCode, (header: string) => { text: string; sent?: string } | undefined]

/** Slips that can be undone without doubt: what each does to a header that has it. */
const mends: readonly Mend[] = [
  [
    'authorizationNameInValue',
    (header) => {
      const text = header.replace(/^\s*authorization\s*[:=]\s*/i, '')
      return text === header ? undefined : { text }
    },
  ],
  [
    'authorizationQuotedWhole',
    (header) => {
      const [, , text] = /^\s*(["'])\s*(WECHATPAY2-.*)\1\s*$/s.exec(header) ?? []
      return text === undefined ? undefined : { text: text.replaceAll('\\"', '"') }
    },
  ],
  [
    'authorizationPercentEncoded',
    (header) =>
      /^[\w-]*(?:%20|\+)\w+%3D%22/i.test(header)
        ? { text: percentDecoded(header.replace('+', ' ')) }
        : undefined,
  ],
  [
    'schemeNotApart',
    (header) => {
      const [, between = '', rest] =
        /^\s*WECHATPAY2-SHA256-RSA2048(\s*(?:[:,;]\s*)?)(?=["']?[a-z_]+["']?\s*[=:])(.*)$/s.exec(
          header,
        ) ?? []
      if (rest === undefined || /^\s+$/.test(between)) return undefined
      return { text: `${scheme} ${rest}`, sent: between.trim() }
    },
  ],
  [
    'lineFeedsSpelled',
    (header) => {
      const text = header.replace(/(["',]\s*)(?:\\r)?\\n\s*(?=[a-z_]+\s*=|$)/g, '$1')
      return text === header ? undefined : { text }
    },
  ],
  [
    'valueNotClosed',
    (header) => {
      const open: string[] = []
      const text = header
        .replace(/\b([a-z_]+)="([^",\s]*),\s*(?=[a-z_]+="[^,])/g, (_, name, value) => {
          open.push(name)
          return `${name}="${value}",`
        })
        .replace(/\b([a-z_]+)="([^"]+)$/, (_, name, value) => {
          open.push(name)
          return `${name}="${value.trimEnd()}"`
        })
      return open.length === 0 ? undefined : { text, sent: open.join(', ') }
    },
  ],
  [
    'blanksAroundEquals',
    (header) => {
      const text = header
        .replace(/([a-z_]{1,32})(\s*)=(\s*)(?=")/g, '$1=')
        .replace(/ ?= (?==? ?")| = (?=")|=\s+(?==\s*")/g, '=')
        .replace(/(?<!\s)\s{1,8}(=+)\s*(?=")/g, '$1')
      return text === header ? undefined : { text }
    },
  ],
]

/** The header with the slips undone that it has, if it can be read then. */
export const mend = (header: string): { text: string; mistakes: Finding[] } => {
  let text = header
  const mistakes: Finding[] = []
  for (const [code, undo] of mends) {
    if (readStrictly(text)) break
    const mended = undo(text)
    if (!mended || mended.text === text) continue
    text = mended.text
    mistakes.push(mistake(code, { sent: mended.sent || fragmentTexts.nothing }))
  }

  return { text, mistakes }
}

const percentDecoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
