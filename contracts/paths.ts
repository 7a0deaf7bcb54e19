import type { Endpoint } from './endpoint.ts'
import { endpoints } from './endpoints.ts'
import { fill, list, type Sentence, textTable } from './texts.ts'

const pathTexts = textTable({
  methodOther: {
    en: '{path} takes {methods}, not {method}.',
    zh: '{path} 只接受 {methods}，不接受 {method}。',
  },
  unknown: {
    en: 'There is no path {path}. Nearest: {nearest}.',
    zh: '没有 {path} 这个路径，最接近的是 {nearest}。',
  },
})

const rows: readonly Endpoint[] = Object.values(endpoints)

/** A target without its query. */
export const pathOf = (target: string): string => target.split('?', 1)[0] ?? target

/** The parameters of a target's query. */
export const queryOf = (target: string): URLSearchParams =>
  new URLSearchParams(target.slice(pathOf(target).length))

/** Whether a path is one of a template: any one segment stands for each `{name}`. */
export const fitsTemplate = (template: string, path: string): boolean => {
  const segments = path.split('/')
  const wanted = template.split('/')
  return (
    wanted.length === segments.length &&
    wanted.every((each, index) => {
      const segment = segments[index]
      return each === segment || (isParameter(each) && segment !== '')
    })
  )
}

/** A template with something in place of each `{name}`. */
export const fillTemplate = (template: string, valueFor: (name: string) => string): string =>
  template.replaceAll(/\{(\w+)\}/g, (_, name: string) => valueFor(name))

/** The decoded values of a path's parameters by their names; nothing when it is not of the template. */
export const parametersOf = (
  template: string,
  path: string,
): Record<string, string> | undefined => {
  if (!fitsTemplate(template, path)) return undefined
  const segments = path.split('/')
  const named = template.split('/').map((each, index) => [each, segments[index] ?? ''] as const)

  return Object.fromEntries(
    named
      .filter(([each]) => isParameter(each))
      .map(([each, segment]) => [each.slice(1, -1), decoded(segment)]),
  )
}

/** A segment without its percent signs; as it is written, where one of them encodes nothing. */
export const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

const isParameter = (segment: string): boolean => /^\{\w+\}$/.test(segment)

/** The operations whose path template fits; several share a path. */
export const endpointsAt = (path: string): Endpoint[] =>
  rows.filter((row) => fitsTemplate(row.path, path))

/** What is wrong with a method and a target that the table does not have, in one sentence. */
export const pathHint = (method: string, target: string): Sentence => {
  const path = pathOf(target)
  const methods = endpointsAt(path).map((row) => row.method)
  return methods.length > 0
    ? fill(pathTexts.methodOther, { path, methods: list(methods), method })
    : fill(pathTexts.unknown, { path, nearest: nearestPath(path) ?? '' })
}

/** More letters than any path has: the rest of a longer one would only cost time. */
const longest = 300

/** The template of the table that is most like a path. */
export const nearestPath = (path: string): string | undefined => {
  const asked = path.slice(0, longest)
  const [first] = rows
    .map((row) => ({ path: row.path, distance: distance(filledLike(row.path, asked), asked) }))
    .toSorted((one, other) => one.distance - other.distance)

  return first?.path
}

/** A template with the segments of a path in place of its parameters. */
const filledLike = (template: string, path: string): string => {
  const segments = path.split('/')
  return template
    .split('/')
    .map((segment, index) => (isParameter(segment) ? segments[index] || segment : segment))
    .join('/')
}

/** Levenshtein's: how many letters to change, add or drop. */
export const distance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column)

  for (const letter of one) {
    const next = [(row[0] ?? 0) + 1]
    for (const [column, candidate] of [...other].entries()) {
      const replaced = (row[column] ?? 0) + (letter === candidate ? 0 : 1)
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }

  return row.at(-1) ?? 0
}
