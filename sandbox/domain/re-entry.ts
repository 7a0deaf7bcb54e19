import type { Situation } from '../../contracts/errors.ts'
import { isObject } from '../../contracts/json.ts'
import { fill, type Sentence } from '../../contracts/texts.ts'
import { type Refusal, refusal } from './decision.ts'
import { domainTexts } from './texts.ts'

type Difference = { member: string; first: unknown; now: unknown }

/**
 * Where two requests first say something else: field by field, the order of keys aside, an absent
 * field like an undefined one.
 */
const differenceOf = (first: unknown, now: unknown, member: string): Difference | undefined => {
  if (!isObject(first) || !isObject(now)) {
    return Object.is(first, now) ? undefined : { member, first, now }
  }
  if (Array.isArray(first) !== Array.isArray(now)) return { member, first, now }

  for (const key of new Set([...Object.keys(first), ...Object.keys(now)])) {
    const difference = differenceOf(first[key], now[key], `${member}/${key}`)
    if (difference) return difference
  }
  return undefined
}

const longest = 100

const shown = (value: unknown): Sentence => {
  const text = JSON.stringify(value)
  if (text === undefined) return domainTexts.absent
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

/** The refusal of a known number that comes again with other parameters; nothing for a repeat. */
export const conflictOf = (
  first: unknown,
  now: unknown,
  situation: Situation = 'reentryMismatch',
): Refusal | undefined => {
  const difference = differenceOf(first, now, '/body')
  return (
    difference &&
    refusal(
      situation,
      fill(domainTexts.differs, {
        member: difference.member,
        first: shown(difference.first),
        now: shown(difference.now),
      }),
    )
  )
}
