/**
 * What an operation says to a request that breaks its schema: derived from the table, so that an
 * operation is covered as soon as a good request is at hand.
 * @module
 */
import type { Endpoint } from '../endpoint.ts'
import { type EndpointId, endpointIds, endpoints } from '../endpoints.ts'
import type { Situation } from '../errors.ts'
import { chosen, documented, type Evidence, observed } from '../evidence.ts'
import { lengthOf } from '../fields.ts'
import { refusesField, refusesRepetition } from './assertions.ts'
import { type Field, fieldsOf, replaced } from './body-fields.ts'
import {
  type Assertion,
  type CallRequest,
  type Interaction,
  interaction,
  type State,
  type States,
} from './interaction.ts'

type Rules<S extends State> = {
  given: S
  /** A request that would be accepted. */
  good(given: States[S]): CallRequest
}

type Part = 'body' | 'query' | 'path'

/** One way to break the contract: this value in this place. */
type Breach = {
  /** Which rule it breaks. */
  rule: string
  how: string
  part: Part
  path: readonly string[]
  value: unknown
  situation: Situation
  holds: Assertion[]
}

/** Every rule of every member. */
export const everyFieldRule = <S extends State>(endpoint: EndpointId, rules: Rules<S>) =>
  breachesOf(endpoint).map((breach) => broken(endpoint, { breach, ...rules }))

/** Every rule once, at one of the members that it is for; at which differs from row to row. */
export const fieldRules = <S extends State>(endpoint: EndpointId, rules: Rules<S>) => {
  const turn = endpointIds.indexOf(endpoint)
  const breaches = breachesOf(endpoint)

  return [...new Set(breaches.map(({ rule }) => rule))].flatMap((each): Interaction[] => {
    const ofRule = breaches.filter(({ rule }) => rule === each)
    const breach = ofRule[turn % ofRule.length]
    return breach ? [broken(endpoint, { breach, ...rules })] : []
  })
}

const broken = <S extends State>(
  endpoint: EndpointId,
  { breach, given, good }: Rules<S> & { breach: Breach },
): Interaction => {
  const { how, part, path, value, situation, holds } = breach

  return interaction({
    name: `${endpoint} refuses ${how}`,
    endpoint,
    given,
    when: (facts: States[S]) => {
      const request = good(facts)
      return [{ ...request, [part]: without(replaced(request[part], path, value)) }]
    },
    situation,
    holds,
    harmless: true,
  })
}

/** A query has no member that is `undefined`, and JSON leaves it out. */
const without = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

const breachesOf = (endpoint: EndpointId): Breach[] => {
  const { request }: Endpoint = endpoints[endpoint]
  const path = request.path ? fieldsOf(request.path) : []
  const query = request.query ? fieldsOf(request.query) : []
  const body = request.body ? fieldsOf(request.body) : []

  return [
    ...path.flatMap((field) => limits(field, 'path')),
    ...query.flatMap((field) => [...missing(field, 'query'), ...limits(field, 'query')]),
    ...(request.query && request.undeclaredQuery === undefined ? [undeclared([], 'query')] : []),
    ...body.flatMap((field) => [
      ...missing(field, 'body'),
      ...(field.values ? [] : misfits[field.kind].values).map((value) => misfit(field, value)),
      ...limits(field, 'body'),
      ...counts(field, body),
    ]),
    ...(request.body
      ? [
          [],
          ...body.filter(({ kind, open }) => kind === 'object' && !open).map((field) => field.path),
        ].map((above) => undeclared(above, 'body'))
      : []),
    ...(request.body ? path.map(repetition) : []),
  ]
}

const locations = { body: 'body', query: 'query', path: 'uri_template' } as const

const pointer = (part: Part, path: readonly string[]) => ['', locations[part], ...path].join('/')

type Wrong = Pick<Breach, 'rule' | 'how' | 'part' | 'value'> & {
  message: (at: string, label: string) => string
  /** What the detail shows. */
  shown: unknown
  evidence?: Evidence
}

const invalid = (
  { path, label }: Field,
  { rule, how, part, value, message, shown, evidence }: Wrong,
): Breach => {
  const at = pointer(part, path)

  return {
    rule: `${part} ${rule}`,
    how: `${how} ${at}`,
    part,
    path,
    value,
    situation: 'fieldInvalid',
    holds: refusesField('fieldInvalid', {
      message: message(at, label),
      detail: { location: locations[part], value: shown },
      ...(evidence && { evidence }),
    }),
  }
}

const missing = (field: Field, part: Part): Breach[] =>
  field.required
    ? [
        invalid(field, {
          part,
          rule: 'missing',
          how: 'a request without',
          value: undefined,
          message: (at, label) =>
            `输入源“${at}”映射到字段“${label}”必填性规则校验失败，此字段为必填项`,
          shown: '',
        }),
      ]
    : []

type Misfits = { values: readonly unknown[]; into: string; wanted: string; evidence: Evidence }

const misfits: Record<Field['kind'], Misfits> = {
  string: {
    values: [7, null],
    into: '目标字段',
    wanted: '一个 string 类型的 Json 值',
    evidence: observed('capture'),
  },
  integer: {
    values: ['2', 2.5, null],
    into: '目标字段',
    wanted: '一个合法的 64 位有符号整数',
    evidence: observed('issues'),
  },
  boolean: {
    values: ['true', null],
    into: '目标字段',
    wanted: '一个 boolean 类型的 Json 值',
    evidence: chosen,
  },
  object: {
    values: ['text', [], null],
    into: '目标字段',
    wanted: '一个合法的 Json 对象',
    evidence: chosen,
  },
  array: {
    values: [{}, null],
    into: '多重字段',
    wanted: ' JSON 数组对象',
    evidence: observed('forum'),
  },
}

const misfit = (field: Field, value: unknown): Breach => {
  const { into, wanted, evidence } = misfits[field.kind]
  const text = JSON.stringify(value)

  return invalid(field, {
    part: 'body',
    rule: value === null ? 'null' : field.kind,
    how: `${text} as`,
    value,
    message: (at, label) =>
      `无法将 JSON 输入源“${at}”映射到${into}“${label}”中，此字段需要${wanted}`,
    shown: value,
    evidence,
  })
}

const counted = { bytes: '字节数', characters: '字符数' } as const

const limits = (field: Field, part: Part): Breach[] =>
  field.kind === 'string'
    ? [...lengths(field, part), ...patterns(field, part)]
    : ranges(field, part)

const lengths = (field: Field, part: Part): Breach[] => {
  const { minLength, maxLength, unit, values } = field
  if (values) return []
  const wrong = (rule: string, value: string, relation: string) => {
    const length = lengthOf(value, unit)
    return invalid(field, {
      part,
      rule,
      how: `a text of ${length} ${unit} as`,
      value,
      message: (at, label) =>
        `输入源“${at}”映射到值字段“${label}”字符串规则校验失败，${counted[unit]} ${length}，${relation}`,
      shown: length,
    })
  }

  return [
    ...(maxLength === undefined
      ? []
      : [
          wrong(
            'too long',
            (unit === 'bytes' ? '1' : '课').repeat(maxLength + 1),
            `大于最大值 ${maxLength}`,
          ),
        ]),
    // An empty part of a path is another path.
    ...(minLength === 1 && part !== 'path' ? [wrong('too short', '', '小于最小值 1')] : []),
  ]
}

const patterns = (field: Field, part: Part): Breach[] => {
  const { pattern, values, unit } = field
  const quoted = values ? `^(${values.join('|')})$` : pattern?.replaceAll('\\/', '/')
  const wrong = (rule: string, value: string, expression: string) =>
    invalid(field, {
      part,
      rule,
      how: `${rule} “${value}” as`,
      value,
      message: (at, label) =>
        `输入源“${at}”映射到值字段“${label}”字符串规则校验失败，字符串必须匹配正则表达式“${expression}”`,
      shown: value,
      evidence: rule === 'the text' ? observed('issues') : documented('rulesPage'),
    })

  if (quoted !== undefined) return [wrong('the text', misfitting(field), quoted)]
  return unit === 'characters' && part === 'body'
    ? [wrong('the picture', '🏸', String.raw`^[\x{0000}-\x{FFFF}]*$`)]
    : []
}

/** A text that is long enough and that the pattern does not take. */
const misfitting = ({ pattern = '^$', minLength = 0 }: Field): string =>
  ['1.1', '1.1.1.1', 'nothing'].find(
    (text) => text.length >= minLength && !new RegExp(pattern).test(text),
  ) ?? ''

/** A list with too few rows, or with too many that are each as they should be. */
const counts = (field: Field, fields: readonly Field[]): Breach[] => {
  const { minItems = 0, maxItems } = field
  const wrong = (rows: number, relation: string) => {
    const value = Array(rows).fill(rowOf(field, fields))
    return invalid(field, {
      part: 'body',
      rule: `rows ${relation}`,
      how: `${rows} rows as`,
      value,
      message: (at, label) =>
        `输入源“${at}”映射到多重字段“${label}”规则校验失败，元素个数 ${rows}，${relation}`,
      shown: value,
    })
  }

  return [
    ...(minItems > 0 ? [wrong(minItems - 1, `小于最小值 ${minItems}`)] : []),
    ...(maxItems === undefined ? [] : [wrong(maxItems + 1, `大于最大值 ${maxItems}`)]),
  ]
}

/** A row of a list with what it must have. */
const rowOf = ({ path }: Field, fields: readonly Field[]) =>
  Object.fromEntries(
    fields
      .filter(({ path: inner, required }) => required && above(inner) === [...path, '0'].join('/'))
      .map(({ path: inner, kind }) => [inner.at(-1), kind === 'integer' ? 1 : '1']),
  )

const above = (path: readonly string[]) => path.slice(0, -1).join('/')

const ranges = (field: Field, part: Part): Breach[] => {
  const wrong = (value: number, relation: string) =>
    invalid(field, {
      part,
      rule: `number ${relation}`,
      how: `${value} as`,
      value,
      message: (at, label) => `输入源“${at}”映射到数值字段“${label}”规则校验失败，${relation}`,
      shown: value,
    })
  const { kind, minimum, maximum } = field
  if (kind !== 'integer') return []

  return [
    ...(minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER
      ? [wrong(minimum - 1, `值低于最小值 ${minimum}`)]
      : []),
    ...(maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER
      ? [wrong(maximum + 1, `值高于最大值 ${maximum}`)]
      : []),
  ]
}

const undeclared = (above: readonly string[], part: Part): Breach => {
  const path = [...above, 'undeclared']
  const at = pointer(part, path)

  return {
    rule: `${part} undeclared`,
    how: `the unknown member ${at}`,
    part,
    path,
    value: 'text',
    situation: 'fieldUndeclared',
    holds: refusesField('fieldUndeclared', { detail: { location: null, value: [at] } }),
  }
}

const repetition = ({ path, label }: Field): Breach => {
  const [name = ''] = path

  return {
    rule: 'repetition',
    how: `a body that repeats ${name} of the path`,
    part: 'body',
    path,
    value: '1',
    situation: 'fieldInvalid',
    holds: refusesRepetition(
      `无法将输入源“/body/${name}”映射到目标字段“${label}”中，此字段并非多重字段但被输入源“/uri_template/${name}”映射过了。`,
    ),
  }
}
