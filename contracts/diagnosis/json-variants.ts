import { documentedShapes, type Operation, withNulls } from './documented-shapes.ts'
import { type Json, plainlySpelled, plainStyle, readJson, writeJson } from './json-text.ts'
import type { MistakeCode } from './mistakes.ts'
import type { SigningContext } from './signing-context.ts'
import { withUnsentMember } from './unsent-members.ts'

/** JSON that says something else, though little: what it is called, and what is told of it. */
type Variant = { code: MistakeCode; text: string; signed?: string; sent?: string }

// Each variant writes the whole text: of more members, nobody waits for all.
const mostMembers = 60
const mostUnsent = 1_000

/** JSON that a slip of the program made of what was sent: a member more or less, a number as text. */
export function* variants(
  text: string,
  operation: Operation,
  known: SigningContext['known'],
): Generator<Variant> {
  const read = readJson(text)?.json
  if (read === undefined) return
  const json = plainlySpelled(read)
  const write = (changed: Json) => writeJson(changed, plainStyle)

  for (const shape of documentedShapes(operation, json)) {
    for (const padded of withNulls(json, shape)) {
      yield { code: 'bodyReserialised', text: write(padded) }
    }
  }
  for (const { name, without } of withoutOne(json).slice(0, mostMembers)) {
    yield { code: 'bodyMemberUnsigned', text: write(without), sent: name }
  }
  for (const respell of [asText, asNumber, withDecimals(1), withDecimals(2)]) {
    yield { code: 'bodyReserialised', text: write(everyLeaf(json, respell)) }
    for (const changed of oneLeaf(json, respell).slice(0, mostMembers)) {
      yield { code: 'bodyReserialised', text: write(changed) }
    }
  }
  let left = mostUnsent
  for (const { name, json: fuller } of withUnsentMember(json, operation, known)) {
    if (left-- === 0) return
    yield { code: 'bodyMemberUnsent', text: write(fuller), signed: name }
  }
}

/** The JSON without each of its members, at any depth. */
const withoutOne = (json: Json): { name: string; without: Json }[] => {
  if (json.kind === 'leaf') return []
  if (json.kind === 'array') {
    return json.items.flatMap((item, index) =>
      withoutOne(item).map(({ name, without }) => ({
        name,
        without: { kind: 'array', items: json.items.with(index, without) } as const,
      })),
    )
  }

  return json.members.flatMap(({ key, value }, index) => [
    { name: key, without: { kind: 'object', members: json.members.toSpliced(index, 1) } as const },
    ...withoutOne(value).map(({ name, without }) => ({
      name,
      without: {
        kind: 'object',
        members: json.members.with(index, { key, value: without }),
      } as const,
    })),
  ])
}

type Respell = (raw: string) => string

const isNumber = (raw: string) => /^-?\d+(?:\.\d+)?$/.test(raw)
const asText: Respell = (raw) => (isNumber(raw) ? `"${raw}"` : raw)
const asNumber: Respell = (raw) =>
  /^"-?(?:0|[1-9]\d*)(?:\.\d+)?"$/.test(raw) ? raw.slice(1, -1) : raw
const withDecimals =
  (digits: number): Respell =>
  (raw) =>
    isNumber(raw) ? Number(raw).toFixed(digits) : raw

const everyLeaf = (json: Json, respell: Respell): Json => {
  if (json.kind === 'leaf') return { kind: 'leaf', raw: respell(json.raw) }
  if (json.kind === 'array') {
    return { kind: 'array', items: json.items.map((item) => everyLeaf(item, respell)) }
  }
  const members = json.members.map(({ key, value }) => ({ key, value: everyLeaf(value, respell) }))
  return { kind: 'object', members }
}

/** The JSON with each of those leaves respelled that it changes, one at a time. */
const oneLeaf = (json: Json, respell: Respell): Json[] => {
  if (json.kind === 'leaf') {
    const raw = respell(json.raw)
    return raw === json.raw ? [] : [{ kind: 'leaf', raw }]
  }
  if (json.kind === 'array') {
    return json.items.flatMap((item, index) =>
      oneLeaf(item, respell).map(
        (changed): Json => ({
          kind: 'array',
          items: json.items.with(index, changed),
        }),
      ),
    )
  }

  return json.members.flatMap(({ key, value }, index) =>
    oneLeaf(value, respell).map(
      (changed): Json => ({
        kind: 'object',
        members: json.members.with(index, { key, value: changed }),
      }),
    ),
  )
}
