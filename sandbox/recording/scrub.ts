/**
 * Takes everything out of an exchange that could name somebody or open something. What is not known
 * to be harmless is replaced, so a field that nobody thought of does no harm.
 * @module
 */
import { errors } from '../../contracts/errors.ts'
import { isObject } from '../../contracts/json.ts'
import {
  formatAuthorization,
  parseAuthorization,
  schemeOf,
} from '../../contracts/protocol/authorization.ts'
import { rfc3339Pattern } from '../../contracts/time.ts'
import type { StandIns } from './stand-ins.ts'
import { isLabel, isNumber, isSegment, isWord, type Kind, kindOf } from './vocabulary.ts'

/** Called with the pointer, within its part, of each value that was replaced. */
export type Note = (pointer: string) => void

export type Scrub = {
  header(name: string, value: string): string
  target(target: string): string
  json(value: unknown, note: Note): unknown
}

const timePatterns = [rfc3339Pattern, /^\d{8}(\d{6})?$/, /^OnAccept$/]

const harmlessHeaders = new Set(
  [
    'Accept',
    'Accept-Encoding',
    'Accept-Language',
    'Cache-Control',
    'Connection',
    'Content-Language',
    'Content-Type',
    'Date',
    'Expect',
    'Keep-Alive',
    'Pragma',
    'Sec-Fetch-Mode',
    'Server',
    'Transfer-Encoding',
    'Vary',
    'Wechatpay-Signature-Type',
    'Wechatpay-Timestamp',
    'X-Content-Type-Options',
  ].map((name) => name.toLowerCase()),
)

export const createScrub = (standIns: StandIns): Scrub => {
  const header = (name: string, value: string): string => {
    const lowered = name.toLowerCase()
    if (harmlessHeaders.has(lowered) || value === '') return value
    if (lowered === 'host') return 'api.mch.weixin.qq.com'
    if (lowered === 'authorization') return authorization(value)
    if (lowered === 'request-id') {
      // The number after the dash says what went wrong.
      return value.replace(/^[^-]+(?=-\d{1,12}$)|^.+$/, standIns.for)
    }
    return standIns.for(value)
  }

  const authorization = (value: string): string => {
    try {
      const { mchid, serial_no, timestamp, nonce_str, signature } = parseAuthorization(value)
      const replaced = formatAuthorization({
        mchid: standIns.for(mchid),
        serial_no: standIns.for(serial_no),
        timestamp,
        nonce_str: standIns.for(nonce_str),
        signature: standIns.for(signature),
      })
      return replaced.replace(/^\S+/, schemeOf(value))
    } catch {
      return standIns.for(value)
    }
  }

  const target = (whole: string): string => {
    const [path = '', ...query] = whole.split('?')
    const scrubbed = path
      .split('/')
      .map((segment) => (isSegment(segment) ? segment : encoded(segment, standIns.for)))
      .join('/')
    if (query.length === 0) return scrubbed

    const pairs = query.join('?').split('&').map(pair)
    return `${scrubbed}?${pairs.join('&')}`
  }

  const pair = (text: string): string => {
    const [name = '', ...value] = text.split('=')
    if (value.length === 0) return memberName(name)
    const replaced = encoded(value.join('='), (decoded) => string(name, decoded))
    return `${memberName(name)}=${replaced}`
  }

  /** A name with anything but letters in it may be a value in the wrong place. */
  const memberName = (name: string) => (/^[A-Za-z_-]{1,40}$/.test(name) ? name : standIns.for(name))

  const string = (name: string, value: string): string => {
    if (value === '' || isWord(name, value)) return value
    const kind = kindOf(name)
    return kind ? byKind[kind](value) : standIns.for(value)
  }

  const byKind: Record<Kind, (value: string) => string> = {
    time: (value) =>
      timePatterns.some((pattern) => pattern.test(value)) ? value : standIns.for(value),
    word: (value) => (/^([A-Z_]+|[a-z_]+)$/.test(value) ? value : standIns.for(value)),
    message: (value) => message(value),
    echo: (value) => (isPointer(value) ? value : standIns.for(value)),
    address: (value) => address(value),
    target: (value) => (value.startsWith('/') ? target(value) : address(value)),
    signedMessage: (value) => signedMessage(value),
  }

  const message = (text: string): string => {
    if (catalogue.has(text)) return text

    return text
      .split(/(“[^”]*”|https?:\/\/[a-z.]+\.qq\.com\/[\w./-]*)/)
      .map((part, index) => {
        const quoted = index % 2 === 1
        // First whole words, so that what is put in is not taken for one.
        if (!quoted) return standIns.within(part.replaceAll(/[\w*|@.-]{6,}/g, numbered))
        const inner = part.slice(1, -1)
        const known = isPointer(inner) || isLabel(inner) || inner.startsWith('^')
        return known || part.startsWith('http') ? part : `“${standIns.for(inner)}”`
      })
      .join('')
  }

  /** Words of a message are kept, but not what looks like a number of something. */
  const numbered = (word: string) => (/\d{3}/.test(word) ? standIns.for(word) : word)

  const address = (text: string): string => {
    const [, start = '', port = '', rest = ''] =
      /^(https?:\/\/)[^/?#:]*(:\d+)?(.*)$/s.exec(text) ?? []
    if (start === '') return standIns.for(text)
    const host = text.slice(start.length, text.length - port.length - rest.length)
    // A name that is never handed out, so that a replay reaches nobody.
    const elsewhere = `${standIns.for(host).replaceAll(/[^0-9A-Za-z]/g, '-')}.example`
    return start + elsewhere + port + standIns.for(rest)
  }

  const signedMessage = (text: string): string => {
    const [method = '', asked = '', timestamp = '', nonce = '', ...body] = text.split('\n')
    const [, start = '', rest = ''] = /^(\s*\{?\s*"?[a-z_]*)(.*)$/s.exec(body.join('\n')) ?? []
    return [method, target(asked), timestamp, standIns.for(nonce), start + standIns.for(rest)].join(
      '\n',
    )
  }

  const number = (name: string, value: number): number => {
    if (kindOf(name) === 'echo') return Number(standIns.within(String(value)))
    if (isNumber(name) || !Number.isSafeInteger(value) || Math.abs(value) < 10_000) return value
    return Number(standIns.for(String(value)))
  }

  const leaf = (name: string, value: unknown): unknown => {
    if (typeof value === 'string') return string(name, value)
    return typeof value === 'number' ? number(name, value) : value
  }

  /** Rows of a list go by the name of the list. */
  const json = (value: unknown, { name, pointer, note }: Place): unknown => {
    if (Array.isArray(value)) {
      return value.map((row, index) => json(row, { name, pointer: `${pointer}/${index}`, note }))
    }
    if (isObject(value)) {
      const members = Object.entries(value).map(([member, inner]) => {
        const named = memberName(member)
        if (named !== member) note(`${pointer}/${named}`)
        return [named, json(inner, { name: member, pointer: `${pointer}/${named}`, note })]
      })
      return Object.fromEntries(members)
    }

    const scrubbed = leaf(name, value)
    if (scrubbed !== value) note(pointer)
    return scrubbed
  }

  return { header, target, json: (value, note) => json(value, { name: '', pointer: '', note }) }
}

type Place = { name: string; pointer: string; note: Note }

const catalogue = new Set<string>(Object.values(errors).map((entry) => entry.message))

const isPointer = (text: string) => /^\/(body|query|uri_template)(\/[a-z_]+|\/\d{1,4})*$/.test(text)

/** Replaces what is written with % escapes; what needed none is written without. */
const encoded = (text: string, replace: (decoded: string) => string): string => {
  let decoded: string
  try {
    decoded = decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return replace(text)
  }
  const replaced = replace(decoded)
  if (replaced === decoded) return text
  return decoded === text ? replaced : encodeURIComponent(replaced)
}
