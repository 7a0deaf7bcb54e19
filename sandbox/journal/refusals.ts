/**
 * Why a request was refused, in one sentence, worked out of its entry when somebody looks. What is
 * wrong with a signature is for the diagnosis.
 * @module
 */
import type { z } from 'zod'
import { problemIn } from '../../contracts/complaints.ts'
import type { Endpoint } from '../../contracts/endpoint.ts'
import { endpoints } from '../../contracts/endpoints.ts'
import { jsonOf, memberOf } from '../../contracts/json.ts'
import { decoded, parametersOf, pathHint, pathOf, queryOf } from '../../contracts/paths.ts'
import { fill, list, type Sentence, type Text } from '../../contracts/texts.ts'
import { faultOf, isFaultName } from '../faults/faults.ts'
import type { RequestEntry } from './entries.ts'
import { journalTexts, ruleTexts } from './texts.ts'
import { undeclaredMembers } from './undeclared-members.ts'
import { unreadableBody } from './unreadable-body.ts'

const reasons = new WeakMap<RequestEntry, { reason: Sentence | undefined }>()

/** Worked out once an entry, since it costs milliseconds; nothing for what was not refused. */
export const refusalReason = (entry: RequestEntry): Sentence | undefined => {
  const kept = reasons.get(entry) ?? { reason: reasonOf(entry) }
  reasons.set(entry, kept)
  return kept.reason
}

const reasonOf = (entry: RequestEntry): Sentence | undefined => {
  const { situation, status, reason, target, method } = entry
  if (isByFault(entry)) return undefined
  if (reason !== undefined) return reason
  if (situation === undefined && (status < 400 || status > 413)) return undefined
  if (status === 413) return journalTexts.bodyTooLarge

  const placeholder = status === 401 ? undefined : placeholderIn(target)
  if (placeholder !== undefined) return fill(journalTexts.placeholder, { placeholder })

  switch (situation) {
    case undefined:
      return pathHint(method, target)
    case 'userAgentMissing':
      return headersReason(entry)
    case 'languageUnsupported':
      return journalTexts.acceptLanguageStar
    case 'fieldUndeclared':
      return undeclaredReason(entry)
    case 'parameterRepeated':
    case 'bodyUnreadable':
    case 'fieldInvalid':
      return repeatedInQuery(target) ?? unreadableBodyOf(entry) ?? fieldsReason(entry)
    default: {
      const texts: Partial<Record<typeof situation, Text>> = ruleTexts
      return texts[situation]
    }
  }
}

/** Whether the refusal was asked for: then the fault says all. */
const isByFault = ({ fault, situation }: RequestEntry): boolean => {
  const row = fault !== undefined && isFaultName(fault) ? faultOf(fault) : undefined
  return (
    row !== undefined &&
    'instead' in row &&
    ('named' in row.instead || ('situation' in row.instead && row.instead.situation === situation))
  )
}

const parameterNames = new Set(
  Object.values(endpoints).flatMap(({ path }) =>
    [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
  ),
)

/** `{name}`, `:name` or `_name_`, as templates and SDKs spell what is to be replaced. */
const placeholderIn = (target: string): string | undefined => {
  const values = [...pathOf(target).split('/').map(decoded), ...queryOf(target).values()]

  return values.find((value) => {
    const [, underscored] = /^_(\w+)_$/.exec(value) ?? []
    return /^(?:\{\w+\}|:[a-z]\w*)$/i.test(value) || parameterNames.has(underscored)
  })
}

const headersReason = ({ headers }: RequestEntry): Sentence => {
  const names = ['Accept', 'User-Agent'].filter((wanted) =>
    headers.every(([name, value]) => name.toLowerCase() !== wanted.toLowerCase() || value === ''),
  )
  return fill(journalTexts.headersMissing, { names: list(names) })
}

const undeclaredReason = (entry: RequestEntry): Sentence =>
  fill(journalTexts.undeclared, {
    members: list(
      undeclaredMembers(entry).map(({ pointer, nearest }) =>
        nearest === undefined
          ? pointer
          : fill(journalTexts.undeclaredNearest, { pointer, name: nearest }),
      ),
    ),
  })

const repeatedInQuery = (target: string): Sentence | undefined => {
  const parameters = queryOf(target)
  const name = [...parameters.keys()].find((each) => parameters.getAll(each).length > 1)
  return name === undefined ? undefined : fill(journalTexts.queryTwice, { name })
}

const endpointOf = ({ operation }: RequestEntry): Endpoint | undefined =>
  operation && endpoints[operation]

const unreadableBodyOf = (entry: RequestEntry): Sentence | undefined =>
  endpointOf(entry)?.request.body && unreadableBody(entry.body)

/** So many problems are told; a body of another operation has dozens. */
const mostProblems = 5

const fieldsReason = (entry: RequestEntry): Sentence | undefined => {
  const problems = fieldProblems(entry)
  if (problems.length === 0) return undefined
  const more = problems.length - mostProblems
  const told = problems.slice(0, mostProblems)

  return fill(journalTexts.fields, {
    problems: list(more > 0 ? [...told, fill(journalTexts.fieldsMore, { count: more })] : told, {
      en: '; ',
      zh: '；',
    }),
  })
}

/** What the operation's schemas say of path, query and body, in the order in which they are checked. */
const fieldProblems = (entry: RequestEntry): Sentence[] => {
  const endpoint = endpointOf(entry)
  if (!endpoint) return []
  const { path, query, body } = endpoint.request
  const declared = Object.keys(query?.shape ?? {})
  const sentQuery = [...queryOf(entry.target)].filter(([name]) => declared.includes(name))

  return [
    ...problemsIn(path, parametersOf(endpoint.path, pathOf(entry.target)), '/uri_template'),
    ...problemsIn(query, Object.fromEntries(sentQuery), '/query'),
    ...problemsIn(body, jsonOf(entry.body) ?? {}, '/body'),
    ...repeatedFromPath(endpoint, jsonOf(entry.body)),
  ]
}

const problemsIn = (schema: z.ZodType | undefined, value: unknown, at: string): Sentence[] => {
  if (!schema || value === undefined) return []
  const issues = schema.safeParse(value).error?.issues ?? []

  return issues
    .filter(({ code }) => code !== 'unrecognized_keys')
    .map((issue) =>
      fill(journalTexts.field, {
        pointer: [at, ...issue.path.map(String)].join('/'),
        problem: problemIn(value, issue),
      }),
    )
}

/** The names of the path that stand in the body too, where it does not have them. */
const repeatedFromPath = ({ request }: Endpoint, body: unknown): Sentence[] =>
  Object.keys(request.path?.shape ?? {})
    .filter(
      (name) =>
        memberOf(body, name) !== undefined && !Object.hasOwn(request.body?.shape ?? {}, name),
    )
    .map((name) =>
      fill(journalTexts.field, { pointer: `/body/${name}`, problem: journalTexts.fieldInPath }),
    )
