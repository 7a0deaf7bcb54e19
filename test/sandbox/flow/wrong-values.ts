/**
 * Values that do not fit a schema, one wrong thing each, and what the gateway says of them. Its
 * sentences are written out here, apart from the code that makes them.
 * @module
 */
import { z } from 'zod'

export type Location = 'body' | 'query' | 'uri_template'
export type Path = readonly (string | number)[]

export type Wrong = {
  path: Path
  /** What is put there; `undefined` leaves the member out. */
  value: unknown
  message: string
  detail: { location: Location | null; value: unknown }
}

type At = {
  location: Location
  path: Path
  /** The label of the list, for its rows. */
  label: string
  /** The longest text that the documents allow there, where they say it. */
  longest: (path: Path) => number | undefined
}

const Rules = z.object({
  title: z.string().optional(),
  minLength: z.number().default(0),
  maxLength: z.number().default(0),
  'x-length-unit': z.string().optional(),
  pattern: z.string().optional(),
  minimum: z.number().default(0),
  maximum: z.number().default(Number.MAX_SAFE_INTEGER),
  minItems: z.number().default(0),
  maxItems: z.number().optional(),
  enum: z.array(z.string()).optional(),
  const: z.string().optional(),
})
type Rules = z.infer<typeof Rules>

const rulesOf = (schema: z.ZodType) => Rules.parse(z.toJSONSchema(schema, { io: 'input' }))

const inner = (schema: unknown): z.ZodType => {
  if (schema instanceof z.ZodOptional) return inner(schema.unwrap())
  if (schema instanceof z.ZodType) return schema
  throw new TypeError('not a schema of zod')
}

const texts = ['1', '20260303', 'https://merchant.example/notify', '2026-03-03T10:00:00+08:00']

/** A value that fits, with every member that there may be. */
export const sampleOf = (schema: unknown): unknown => {
  const type = inner(schema)
  const rules = rulesOf(type)

  if (type instanceof z.ZodObject) {
    const members = Object.entries(type.shape)
    return Object.fromEntries(members.map(([name, member]) => [name, sampleOf(member)]))
  }
  if (type instanceof z.ZodArray) return [sampleOf(type.element)]
  if (type instanceof z.ZodNumber) return Math.max(rules.minimum, 1)
  if (type instanceof z.ZodBoolean) return true
  return rules.const ?? rules.enum?.[0] ?? texts.find((text) => type.safeParse(text).success)
}

/** Everything that can be wrong with a value, and with those in it. */
export const wrongOf = (schema: unknown, at: At): Wrong[] => {
  const type = inner(schema)
  const rules = rulesOf(type)
  const label = rules.title ?? at.label
  const words = wordsFor(label, at)
  const { mistyped } = words

  if (type instanceof z.ZodObject) return wrongObjects(type, { ...at, label })
  if (type instanceof z.ZodArray) {
    const rows = wrongOf(type.element, { ...at, label, path: [...at.path, 0] })
    const many = Array(rules.maxItems ?? 0).fill(sampleOf(type.element))
    return [
      ...[{}, null].map(mistyped('多重字段', ' JSON 数组对象')),
      ...(rules.minItems > 0 ? [words.tooFew(rules.minItems)] : []),
      ...many.slice(0, 1).map((row) => words.tooMany([...many, row])),
      ...rows,
    ]
  }
  if (type instanceof z.ZodNumber) {
    const over = [rules.maximum + 1].filter(Number.isSafeInteger)
    return [
      ...['1', 1.5, null].map(mistyped('目标字段', '一个合法的 64 位有符号整数')),
      words.tooLow(rules.minimum - 1),
      ...over.map(words.tooHigh),
    ]
  }
  if (type instanceof z.ZodBoolean) {
    return ['true', null].map(mistyped('目标字段', '一个合法的布尔值'))
  }

  const choices = rules.const === undefined ? rules.enum : [rules.const]
  if (choices) return [words.unlike(`^(${choices.join('|')})$`)('OTHER')]
  return wrongTexts(rules, { ...at, label })
}

const wrongTexts = (rules: Rules, at: At): Wrong[] => {
  const { location, path, label } = at
  const { unlike, mistyped, length } = wordsFor(label, at)
  const inBytes = rules['x-length-unit'] === 'bytes'
  const unit = inBytes ? '字节数' : '字符数'
  const longest = at.longest(path) ?? rules.maxLength
  const tooLong = (inBytes ? '1' : '课').repeat(longest + 1)
  const inBody = [
    ...[1, null].map(mistyped('目标字段', '一个合法的字符串')),
    ...(rules.minLength > 0 ? [length('', `${unit} 0，小于最小值 ${rules.minLength}`)] : []),
  ]

  return [
    ...(location === 'body' ? inBody : []),
    length(tooLong, `${unit} ${longest + 1}，大于最大值 ${longest}`),
    ...(rules.pattern === undefined ? [] : [unlike(rules.pattern.replaceAll('\\/', '/'))('！')]),
    unlike('^[\\x{0000}-\\x{FFFF}]*$')('🙂'),
  ]
}

const wrongObjects = (type: z.ZodObject, at: At): Wrong[] => {
  const { location, path, label } = at
  const members = Object.entries(type.shape).map(([name, member]) => ({
    member,
    within: { ...at, path: [...path, name] },
  }))
  const wrong = members.flatMap(({ member, within }) => wrongOf(member, within))
  // A path always has all its parameters, and no others.
  if (location === 'uri_template') return wrong

  return [
    ...(path.length > 0 ? [[], null] : []).map(
      wordsFor(label, at).mistyped('目标字段', '一个合法的 Json 对象'),
    ),
    undeclared(at),
    ...members
      .filter(({ member }) => !(member instanceof z.ZodOptional))
      .map(({ member, within }) => wordsFor(rulesOf(inner(member)).title, within).missing()),
    ...wrong,
  ]
}

const undeclared = ({ location, path }: At): Wrong => ({
  path: [...path, 'unknown'],
  value: '1',
  message: '请求中含有未在API文档中定义的参数',
  detail: { location: null, value: [['', location, ...path, 'unknown'].join('/')] },
})

/** What the gateway says of one field; what is wrong with it goes into the detail. */
const wordsFor = (label: string | undefined, { location, path }: At) => {
  const source = `输入源“${['', location, ...path].join('/')}”`
  const field = `${source}映射到值字段“${label}”字符串规则校验失败，`
  const range = `${source}映射到数值字段“${label}”规则校验失败，`
  const rows = `${source}映射到多重字段“${label}”规则校验失败，元素个数 `
  const said = (value: unknown, message: string, shown = value): Wrong => ({
    path,
    value,
    message,
    detail: { location, value: shown },
  })

  return {
    missing: () =>
      said(undefined, `${source}映射到字段“${label}”必填性规则校验失败，此字段为必填项`, ''),
    mistyped: (target: string, wanted: string) => (value: unknown) =>
      said(value, `无法将 JSON ${source}映射到${target}“${label}”中，此字段需要${wanted}`),
    unlike: (pattern: string) => (value: string) =>
      said(value, `${field}字符串必须匹配正则表达式“${pattern}”`),
    length: (value: string, counted: string) =>
      said(value, `${field}${counted}`, [...value].length),
    tooLow: (value: number) => said(value, `${range}值低于最小值 ${value + 1}`),
    tooHigh: (value: number) => said(value, `${range}值高于最大值 ${value - 1}`),
    tooFew: (least: number) => said([], `${rows}0，小于最小值 ${least}`),
    tooMany: (value: unknown[]) =>
      said(value, `${rows}${value.length}，大于最大值 ${value.length - 1}`),
  }
}
