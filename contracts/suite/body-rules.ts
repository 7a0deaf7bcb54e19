/**
 * What an operation says to a body with a member that is missing, of another type or unknown:
 * derived from the table, so that an operation is covered as soon as a good body is at hand.
 * @module
 */
import type { z } from 'zod'
import type { EndpointId } from '../endpoints.ts'
import { chosen, type Evidence, observed } from '../evidence.ts'
import { refusesField } from './assertions.ts'
import { type BodyField, bodyFields, replaced } from './body-fields.ts'
import {
  type Assertion,
  type Interaction,
  interaction,
  type State,
  type States,
} from './interaction.ts'

type Rules<S extends State> = {
  endpoint: EndpointId
  schema: z.ZodObject
  given: S
  /** A body that would be accepted. */
  body(given: States[S]): unknown
}

export const bodyRules = <S extends State>({
  endpoint,
  schema,
  given,
  body,
}: Rules<S>): Interaction[] =>
  breachesOf(bodyFields(schema)).map(({ how, path, value, holds }) =>
    interaction({
      name: `${endpoint} refuses ${how}`,
      endpoint,
      given,
      when: (facts: States[S]) => [{ endpoint, body: replaced(body(facts), path, value) }],
      holds,
    }),
  )

/** One way to break the contract: this value in this place. */
type Breach = { how: string; path: readonly string[]; value: unknown; holds: Assertion[] }

const breachesOf = (fields: readonly BodyField[]): Breach[] => {
  const objects = fields.filter(({ kind }) => kind === 'object').map(({ path }) => path)

  return [
    ...fields.filter(({ required }) => required).map(missing),
    ...fields.flatMap((field) => misfits[field.kind].values.map((value) => misfit(field, value))),
    ...[[], ...objects].map(undeclared),
  ]
}

const pointer = (path: readonly string[]) => ['/body', ...path].join('/')

const missing = ({ path, label }: BodyField): Breach => ({
  how: `a body without ${pointer(path)}`,
  path,
  value: undefined,
  holds: refusesField('fieldInvalid', {
    message: `输入源“${pointer(path)}”映射到字段“${label}”必填性规则校验失败，此字段为必填项`,
    detail: { location: 'body', value: '' },
  }),
})

type Misfits = { values: readonly unknown[]; wanted: string; evidence: Evidence }

const misfits: Record<BodyField['kind'], Misfits> = {
  string: { values: [7], wanted: '一个合法的字符串', evidence: chosen },
  integer: {
    values: ['2', 2.5],
    wanted: '一个合法的 64 位有符号整数',
    evidence: observed('issues'),
  },
  object: { values: ['text', []], wanted: '一个合法的 Json 对象', evidence: chosen },
}

const misfit = ({ path, label, kind }: BodyField, value: unknown): Breach => ({
  how: `${JSON.stringify(value)} as ${pointer(path)}`,
  path,
  value,
  holds: refusesField('fieldInvalid', {
    message: `无法将 JSON 输入源“${pointer(path)}”映射到目标字段“${label}”中，此字段需要${misfits[kind].wanted}`,
    detail: { location: 'body', value },
    evidence: misfits[kind].evidence,
  }),
})

const undeclared = (above: readonly string[]): Breach => {
  const path = [...above, 'undeclared']

  return {
    how: `the unknown member ${pointer(path)}`,
    path,
    value: 'text',
    holds: refusesField('fieldUndeclared', {
      detail: { location: null, value: [pointer(path)] },
    }),
  }
}
