/**
 * What the gateway says about a request that breaks the contract: the first failing field only,
 * its pointer and Chinese label inside the message, `location` and `value` in the detail.
 * @module
 */

import { z } from 'zod'
import type { Situation } from './errors.ts'
import { type LengthUnit, lengthOf } from './fields.ts'
import { memberOf, utf8TextOf } from './json.ts'
import { jsonReport } from './json-report.ts'

/** Where a value was sent; the first part of its pointer. */
export type Location = 'body' | 'query' | 'uri_template'

export type Violation = {
  situation: Extract<
    Situation,
    'fieldInvalid' | 'fieldUndeclared' | 'bodyUnreadable' | 'parameterRepeated'
  >
  message?: string
  detail?: { location: Location | null; value: unknown }
}

export type Checked<T> = { ok: true; data: T } | { ok: false; violation: Violation }

type Issue = z.core.$ZodIssue

/** Parses `input`, or says what the gateway would say of the first field that does not fit. */
export const check = <T extends z.ZodType>(
  schema: T,
  input: unknown,
  location: Location,
): Checked<z.infer<T>> => {
  const parsed = schema.safeParse(input)
  if (parsed.success) return { ok: true, data: parsed.data }

  const [first] = parsed.error.issues
  if (first === undefined) throw parsed.error
  const violation =
    first.code === 'unrecognized_keys'
      ? undeclared(parsed.error.issues, location)
      : violationOf(first, { schema, input, location })

  return { ok: false, violation }
}

/** A number of the path that is sent in the body as well. */
export const repeated = (name: string, label: string): Violation => ({
  situation: 'fieldInvalid',
  message: `无法将输入源“/body/${name}”映射到目标字段“${label}”中，此字段并非多重字段但被输入源“/uri_template/${name}”映射过了。`,
})

/** A parameter of the query that is declared, and sent more than once. */
export const parameterRepeated: Violation = {
  situation: 'parameterRepeated',
  detail: { location: 'query', value: null },
}

/** A body that is no JSON object, and of which the parser has nothing to report. */
export const notObject: Violation = {
  situation: 'bodyUnreadable',
  detail: { location: 'body', value: null },
}

/** A body that is not JSON: the parser's report and the text that it read, as far as there are any. */
export const malformed = (body: Uint8Array): Violation => {
  const value = utf8TextOf(body)
  const report = value === undefined ? undefined : jsonReport(value)

  return report === undefined
    ? notObject
    : {
        situation: 'bodyUnreadable',
        message: `解析 Json 出错 (位置: /body): ${report}`,
        detail: { location: null, value },
      }
}

const pointer = (location: Location, path: readonly PropertyKey[]) =>
  ['', location, ...path.map(String)].join('/')

const undeclared = (issues: readonly Issue[], location: Location): Violation => ({
  situation: 'fieldUndeclared',
  detail: {
    location: null,
    value: issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => pointer(location, [...issue.path, key]))
        : [],
    ),
  },
})

const violationOf = (
  issue: Issue,
  { schema, input, location }: { schema: z.ZodType; input: unknown; location: Location },
): Violation => {
  const value = valueAt(input, issue.path)
  const { label, unit } = describe(schema, issue.path)
  const at = { source: pointer(location, issue.path), label, location, value, unit }

  return {
    situation: 'fieldInvalid',
    message: messageOf(issue, at),
    detail: { location, value: shownValue(issue, at) },
  }
}

type At = { source: string; label: string; location: Location; value: unknown; unit: LengthUnit }

const missing = (value: unknown) => value === undefined

const shownValue = (issue: Issue, { value, unit }: At): unknown => {
  if (missing(value)) return ''
  const counted = issue.code === 'too_big' || issue.code === 'too_small'
  return counted && typeof value === 'string' ? lengthOf(value, unit) : value
}

const messageOf = (issue: Issue, at: At): string => {
  const { source, label, value } = at
  if (missing(value)) {
    return `输入源“${source}”映射到字段“${label}”必填性规则校验失败，此字段为必填项`
  }

  switch (issue.code) {
    case 'invalid_type':
      return typeMessage(issue.expected, at)
    case 'too_big':
    case 'too_small':
      return issue.origin === 'string' ? lengthMessage(issue, at) : rangeMessage(issue, at)
    case 'invalid_format':
      return patternMessage(issue.pattern?.slice(1, -1).replaceAll('\\/', '/') ?? '', at)
    case 'invalid_value':
      // A choice among texts that got none.
      if (typeof value !== 'string') return typeMessage('string', at)
      return patternMessage(`^(${issue.values.map(String).join('|')})$`, at)
    default:
      return patternMessage('^[\\x{0000}-\\x{FFFF}]*$', at)
  }
}

const typeNames: Partial<Record<string, string>> = {
  int: '一个合法的 64 位有符号整数',
  number: '一个合法的 64 位有符号整数',
  object: '一个合法的 Json 对象',
  array: ' JSON 数组对象',
  string: '一个 string 类型的 Json 值',
  boolean: '一个 boolean 类型的 Json 值',
}

const typeMessage = (expected: string, { source, label, location }: At): string => {
  const kind = location === 'body' ? ' JSON ' : ''
  const target = expected === 'array' ? '多重字段' : '目标字段'
  const wanted = typeNames[expected] ?? typeNames['string']

  return `无法将${kind}输入源“${source}”映射到${target}“${label}”中，此字段需要${wanted}`
}

type Sized = Extract<Issue, { code: 'too_big' | 'too_small' }>

const boundOf = (issue: Sized) => (issue.code === 'too_big' ? issue.maximum : issue.minimum)

const lengthMessage = (issue: Sized, { source, label, value, unit }: At): string => {
  const length = lengthOf(String(value), unit)
  const counted = `${unit === 'bytes' ? '字节数' : '字符数'} ${length}`
  const relation = issue.code === 'too_big' ? '大于最大值' : '小于最小值'

  return `输入源“${source}”映射到值字段“${label}”字符串规则校验失败，${counted}，${relation} ${boundOf(issue)}`
}

const rangeMessage = (issue: Sized, { source, label, value }: At): string => {
  if (Array.isArray(value)) {
    const relation = issue.code === 'too_big' ? '大于最大值' : '小于最小值'
    return `输入源“${source}”映射到多重字段“${label}”规则校验失败，元素个数 ${value.length}，${relation} ${boundOf(issue)}`
  }

  const relation = issue.code === 'too_big' ? '值高于最大值' : '值低于最小值'
  return `输入源“${source}”映射到数值字段“${label}”规则校验失败，${relation} ${boundOf(issue)}`
}

const patternMessage = (pattern: string, { source, label }: At): string =>
  `输入源“${source}”映射到值字段“${label}”字符串规则校验失败，字符串必须匹配正则表达式“${pattern}”`

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(memberOf, input)

/** Follows the path through the schema; a row of a list goes by the label of its list. */
const describe = (schema: z.ZodType, path: readonly PropertyKey[]) => {
  let current = unwrap(schema)
  let meta = current.meta()

  for (const key of path) {
    const inner =
      current instanceof z.ZodObject
        ? current.shape[String(key)]
        : current instanceof z.ZodArray
          ? current.element
          : undefined
    if (!(inner instanceof z.ZodType)) break
    meta = inner.meta() ?? unwrap(inner).meta() ?? meta
    current = unwrap(inner)
    meta = { ...meta, ...current.meta() }
  }

  const unit: LengthUnit = meta?.['x-length-unit'] === 'bytes' ? 'bytes' : 'characters'
  return { label: meta?.title ?? '', unit }
}

const unwrap = (schema: z.ZodType): z.ZodType => {
  let current: unknown = schema
  while (current instanceof z.ZodOptional) current = current.unwrap()
  return current instanceof z.ZodType ? current : schema
}
