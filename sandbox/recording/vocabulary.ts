/**
 * What in an exchange is known to be harmless, by the name of the field: the words and numbers that
 * the endpoint table allows, and the few fields that refusals have beside it.
 * @module
 */
import { z } from 'zod'
import type { Endpoint } from '../../contracts/endpoint.ts'
import { endpointIds, endpoints } from '../../contracts/endpoints.ts'
import { fitsTemplate } from '../../contracts/paths.ts'

/** How a field is read; what has no kind is replaced as a whole. */
export type Kind = 'time' | 'word' | 'message' | 'echo' | 'address' | 'target' | 'signedMessage'

const kinds: Readonly<Record<string, Kind>> = {
  notify_url: 'address',
  merchant_callback_url: 'address',
  code: 'word',
  field: 'word',
  location: 'word',
  method: 'word',
  message: 'message',
  issue: 'message',
  value: 'echo',
  url: 'target',
  truncated_sign_message: 'signedMessage',
}

/** Every moment of the contract has such a name. */
export const kindOf = (name: string): Kind | undefined =>
  name.endsWith('_time') ? 'time' : kinds[name]

const words = new Map<string, Set<unknown>>()
const numbers = new Set(['sign_message_length'])
const labels = new Set<string>()
const segments = new Set<string>()

const collect = (name: string, schema: unknown): void => {
  if (schema instanceof z.ZodType) labels.add(schema.meta()?.title ?? '')
  if (schema instanceof z.ZodOptional) collect(name, schema.unwrap())
  if (schema instanceof z.ZodArray) collect(name, schema.element)
  if (schema instanceof z.ZodUnion) for (const option of schema.options) collect(name, option)
  if (schema instanceof z.ZodNumber) numbers.add(name)
  if (schema instanceof z.ZodEnum) learn(name, schema.options)
  if (schema instanceof z.ZodLiteral) learn(name, [...schema.values])
  if (schema instanceof z.ZodObject) {
    for (const [member, inner] of Object.entries(schema.shape)) collect(member, inner)
  }
}

const learn = (name: string, values: readonly unknown[]) =>
  words.set(name, new Set([...(words.get(name) ?? []), ...values]))

for (const id of endpointIds) {
  const { path, request, response }: Endpoint = endpoints[id]
  for (const segment of path.split('/')) segments.add(segment)
  for (const schema of [request.path, request.query, request.body]) collect('', schema)
  if ('body' in response) collect('', response.body)
}

/** Whether the table allows this very word there. */
export const isWord = (name: string, value: string): boolean => words.get(name)?.has(value) ?? false

/** Whether the table says that there is a number: an amount, a count, an ordinal. */
export const isNumber = (name: string): boolean => numbers.has(name)

/** Whether the table calls a field so. */
export const isLabel = (text: string): boolean => labels.has(text)

/** Whether a path of the table has this segment, word for word. */
export const isSegment = (text: string): boolean => segments.has(text)

/** The operation that a method and a path are of. */
export const operationOf = (method: string, path: string) =>
  endpointIds.find(
    (id) => endpoints[id].method === method && fitsTemplate(endpoints[id].path, path),
  )
