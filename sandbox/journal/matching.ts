import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { endpointIds } from '../../contracts/endpoints.ts'
import { errors, type Situation } from '../../contracts/errors.ts'
import { strictObject } from '../../contracts/fields.ts'
import { isObject, jsonOf, memberOf } from '../../contracts/json.ts'
import { fitsTemplate, pathOf } from '../../contracts/paths.ts'
import { faultNames } from '../faults/faults.ts'
import type { RequestEntry } from './entries.ts'

const isSituation = (text: string): text is Situation => Object.hasOwn(errors, text)
const situations = Object.keys(errors).filter(isSituation)

/** Which requests are meant; what is left out may be anything. */
export const RequestMatch = strictObject(() => ({
  mchid: z.string().optional(),
  operation: z.enum(endpointIds).optional(),
  method: z.string().optional(),
  /** Without the query; `{name}` stands for any one segment. */
  path: z.string().optional(),
  status: z.int().optional(),
  situation: z.enum(situations).optional(),
  fault: z.enum(faultNames).optional(),
  /** Members that the body must have, with these values; it may have others. */
  body: z.unknown().optional(),
}))
export type RequestMatch = z.infer<typeof RequestMatch>

/** Where a request is not what was meant. */
type Mismatch = { at: string; expected: unknown; got: unknown }

export type MatchCount = {
  count: number
  /** The numbers in the journal of those that match. */
  ids: number[]
  /** When none does: the one that comes nearest, the latest of several. */
  nearest?: { id: number; differences: Mismatch[] }
}

/** How often such a request came. */
export const countMatches = (entries: readonly RequestEntry[], match: RequestMatch): MatchCount => {
  const judged = entries.map((entry) => ({
    id: entry.id,
    differences: differencesOf(entry, match),
  }))
  const ids = judged.filter(({ differences }) => differences.length === 0).map(({ id }) => id)
  if (ids.length > 0) return { count: ids.length, ids }

  const nearest = judged
    .toReversed()
    .toSorted((one, other) => one.differences.length - other.differences.length)[0]
  return { count: 0, ids, ...(nearest && { nearest }) }
}

const differencesOf = (
  entry: RequestEntry,
  { path, body, ...members }: RequestMatch,
): Mismatch[] => {
  const got: Record<string, unknown> = entry
  const sentPath = pathOf(entry.target)

  return [
    ...Object.entries(members)
      .filter(([name, expected]) => expected !== undefined && got[name] !== expected)
      .map(([name, expected]) => ({ at: name, expected, got: got[name] })),
    ...(path === undefined || fitsTemplate(path, sentPath)
      ? []
      : [{ at: 'path', expected: path, got: sentPath }]),
    ...(body === undefined ? [] : within(body, jsonOf(entry.body), '/body')),
  ]
}

/** Where `got` lacks what is expected; objects may have more. */
const within = (expected: unknown, got: unknown, at: string): Mismatch[] => {
  if (!isObject(expected)) {
    return isDeepStrictEqual(expected, got) ? [] : [{ at, expected, got }]
  }
  const isList = Array.isArray(expected)
  if (!isObject(got) || Array.isArray(got) !== isList) return [{ at, expected, got }]
  if (isList && Array.isArray(got) && expected.length !== got.length) {
    return [{ at: `${at}/length`, expected: expected.length, got: got.length }]
  }

  return Object.entries(expected).flatMap(([name, member]) =>
    within(member, memberOf(got, name), `${at}/${name}`),
  )
}
