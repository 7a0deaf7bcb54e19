/**
 * The vocabulary in which the contract is written: a zod schema says what a value may be,
 * `fieldFrom` says what it is called, what it means and how we know.
 * @module
 */
import { z } from 'zod'
import type { Evidence } from './evidence.ts'
import { rfc3339Pattern } from './time.ts'

/** Whether the gateway counts a string's bytes (numbers and ids) or its characters (texts). */
export type LengthUnit = 'bytes' | 'characters'

const encoder = new TextEncoder()
const beyondAscii = /[^\0-\x7f]/

/** The length of a string as the gateway counts it; most have one byte for each character. */
export const lengthOf = (value: string, unit: LengthUnit): number => {
  if (!beyondAscii.test(value)) return value.length
  return unit === 'bytes' ? encoder.encode(value).length : [...value].length
}

/** Characters of four UTF-8 bytes, which the platform does not take, and halves of them. */
const beyondBasicPlane = /[\u{10000}-\u{10FFFF}\u{D800}-\u{DFFF}]/u

type Bounds = { min?: number; max: number; unit: LengthUnit }

/** Texts of the same bounds are one schema: there are hundreds, and making each costs a start. */
const made = new Map<string, z.ZodString>()
const bounded = (bounds: Bounds): z.ZodString => {
  const key = JSON.stringify(bounds)
  const schema = made.get(key) ?? boundedAnew(bounds)
  made.set(key, schema)
  return schema
}

const boundedAnew = ({ min = 1, max, unit }: Bounds) =>
  z
    .string()
    .check(({ value, issues }) => {
      const length = lengthOf(value, unit)
      const issue = { input: value, origin: 'string', inclusive: true } as const

      if (length < min) issues.push({ ...issue, code: 'too_small', minimum: min })
      if (length > max) issues.push({ ...issue, code: 'too_big', maximum: max })
      if (beyondBasicPlane.test(value)) {
        issues.push({ input: value, code: 'custom', params: { rule: 'basic-plane' } })
      }
    })
    .meta({ minLength: min, maxLength: max, 'x-length-unit': unit })

/** A text for people: 1 to `max` characters; with `min` 0 it may be empty. */
export const text = (max: number, min = 1) => bounded({ min, max, unit: 'characters' })

/** A number or id: 1 to `max` bytes, or `min` to `max`. */
export const identifier = (max: number, min = 1) => bounded({ min, max, unit: 'bytes' })

/** The gateway quotes its patterns in its messages, so they are kept as it spells them. */
const spelled = (source: string) => new RegExp(source)

/** A merchant's own number in the plan family: digits, letters, `_`, `-`, `*`. */
export const planNumber = identifier(32).regex(spelled(String.raw`^[0-9a-zA-Z_\-\*]{1,}$`))

/** A merchant's order number: as `planNumber`, and `|`. */
export const orderNumber = identifier(32).regex(spelled(String.raw`^[0-9a-zA-Z_\-|\*]{1,}$`))

/** A merchant's number for a transaction: of the same letters, at least six. */
export const tradeNumber = identifier(32, 6).regex(spelled(String.raw`^[0-9a-zA-Z_\-\|\*]+$`))

/** A PayScore service: up to 32 digits. */
export const serviceId = identifier(32).regex(/^\d+$/)

/** A merchant number. */
export const merchantNumber = identifier(32).regex(/^[1-9]\d*$/)

export const appId = identifier(32)
export const openId = identifier(128)

const urlPattern = spelled(
  String.raw`^https?://([^\s/?#\[\]\@]+\@)?([^\s/?#\@:]+)(?::\d{2,5})?([^\s?#\[\]]*)$`,
)

/** Where callbacks go: http or https, neither query nor fragment. */
export const callbackUrl = (max: number) =>
  // An empty one breaks the pattern, not a length: so it was seen.
  identifier(max, 0).regex(urlPattern)

/** A moment in Beijing time, to the second or to the day. */
export const orderTime = identifier(14).regex(/^\d{8}(\d{6})?$/)

/** A moment as the plan family writes it, RFC 3339 with an offset. */
export const rfc3339 = identifier(64).regex(rfc3339Pattern)

/** An object that is made when it is first looked into. */
const late = <T extends object>(make: () => T): T => {
  let made: T | undefined
  const get = () => {
    made ??= make()
    return made
  }

  return new Proxy(Object.create(null), {
    get: (_, key) => Reflect.get(get(), key),
    ownKeys: () => Reflect.ownKeys(get()),
    getOwnPropertyDescriptor: (_, key) => Reflect.getOwnPropertyDescriptor(get(), key),
  })
}

/**
 * A schema of these members, which are made when it is first used: zod looks at them no earlier. The
 * contract has two thousand schemas, and a start needs hardly one.
 */
export const object = <Shape extends z.ZodRawShape>(members: () => Shape) => z.object(late(members))

/** The same, and it forbids members that it does not name. */
export const strictObject = <Shape extends z.ZodRawShape>(members: () => Shape) =>
  z.strictObject(late(members))

/** An amount in fen, never a fraction. */
export const fen = z.int().min(0)

/** The same with its members sorted by name, as some answers of the gateway have them. */
export const sortedObject = <Shape extends z.ZodRawShape>(members: () => Shape) =>
  object(() => {
    const sorted = { ...members() }
    for (const name of Object.keys(sorted).toSorted()) {
      const field = Reflect.get(sorted, name)
      Reflect.deleteProperty(sorted, name)
      Reflect.set(sorted, name, field)
    }
    return sorted
  })

/** A value of an answer that is `''` while it is unset. */
export const orEmpty = <T extends z.ZodType>(schema: T) => schema.or(z.literal(''))

/**
 * Names fields that rest on the same evidence: the Chinese label of each and, in English, what it
 * means.
 */
export const fieldFrom =
  (evidence: Evidence) =>
  <T extends z.ZodType>(schema: T, label: string, about: string): T =>
    schema.meta({
      title: label,
      description: about,
      'x-evidence': evidence.class,
      'x-source': evidence.source,
    })
