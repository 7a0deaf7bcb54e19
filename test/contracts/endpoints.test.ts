import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Endpoint } from '../../contracts/endpoint.ts'
import { endpointIds, endpoints } from '../../contracts/endpoints.ts'
import { errors } from '../../contracts/errors.ts'
import { sources } from '../../contracts/evidence.ts'
import { openapi } from '../../contracts/openapi.ts'

const Field = z.object({
  name: z.string(),
  type: z.string().transform((type) => type.replace(/<\w+>/, '')),
  required: z.boolean(),
  label: z.string().optional(),
  in: z.enum(['path', 'query', 'body']).optional(),
})

const Golden = z.object({
  endpoints: z.array(
    z.object({
      id: z.string(),
      method: z.enum(['GET', 'POST']),
      path: z.string(),
      mode: z.string(),
      request: z.object({ fields: z.array(Field) }),
      response: z.object({ status: z.number(), fields: z.array(Field).default([]) }),
    }),
  ),
})

const listed = (name: string) => {
  const file = new URL(`../golden/${name}`, import.meta.url)
  return Golden.parse(JSON.parse(readFileSync(file, 'utf8'))).endpoints
}

const payscore = listed('payscore-endpoints.json')
// Refunds stand in both lists.
const payments = listed('payments-endpoints.json').filter(
  ({ id }) => !payscore.some((row) => row.id === id),
)
const golden = [...payscore, ...payments]

const table: Record<string, Endpoint> = endpoints
const rows = Object.entries(table)
const document = openapi()

const itemsOf = (id: string) => ({
  [`${id} post_payments[].name`]: false,
  [`${id} post_discounts[].name`]: false,
  [`${id} post_discounts[].amount`]: false,
})

/**
 * Where the contract differs from the list: an order may have no end location, and in the answer no
 * start where the request gave none; a plan order has no name for its risk fund, a modification may
 * leave a discount undescribed, later partner pages demand less of charges and discounts; and a
 * certificate comes sealed or not at all.
 */
const requiredInstead: Record<string, boolean> = {
  'serviceorder.create.partner location.end_location': false,
  'serviceorder.create.partner time_range.start_time': false,
  'serviceorder.query.partner risk_fund.name': false,
  'serviceorder.query.partner post_discounts[].description': false,
  ...itemsOf('serviceorder.query.partner'),
  ...itemsOf('serviceorder.complete.partner'),
  ...itemsOf('serviceorder.modify.partner'),
  'certificates.list data[].encrypt_certificate.algorithm': true,
  'certificates.list data[].encrypt_certificate.nonce': true,
  'certificates.list data[].encrypt_certificate.associated_data': true,
  'certificates.list data[].encrypt_certificate.ciphertext': true,
}

/** Members that the vendor's own programs send, or that need a permission, though no page has them. */
const beyondThePage = ['refund_account', 'subsidy_info']

const pages = 'https://pay.weixin.qq.com/docs/merchant/apis/weixin-pay-score/service-order'

/** Operations that the list lacks, by the page of each; `direct-orders.test.ts` has their fields. */
const beyondTheList = {
  'serviceorder.create.direct': `${pages}/create-service-order.html`,
  'serviceorder.query.direct': `${pages}/get-service-order.html`,
  'serviceorder.cancel.direct': `${pages}/cancel-service-order.html`,
  'serviceorder.complete.direct': `${pages}/complete-service-order.html`,
  'serviceorder.modify.direct': `${pages}/modify-service-order.html`,
  'serviceorder.pay.direct': `${pages}/collect-service-order.html`,
  'serviceorder.sync.direct': `${pages}/sync-service-order.html`,
}

type Shown = { name: string; type: unknown; required: boolean; label: unknown; known: boolean }

/** The pages give the certificate no labels, so any will do there. */
const expectedOf = (id: string, fields: z.infer<typeof Field>[], place?: string): Shown[] =>
  fields
    .filter((field) => field.in === place)
    .map(({ name, type, required, label = expect.any(String) }) => {
      const instead = requiredInstead[`${id} ${name}`]
      return { name, type, required: instead ?? required, label, known: true }
    })

const classes = new Set<unknown>(['documented', 'observed', 'sdk', 'chosen'])
const keys = new Set<unknown>(Object.keys(sources))

const isKnown = (meta: { description?: string | undefined; [key: string]: unknown }) =>
  meta.description !== undefined && classes.has(meta['x-evidence']) && keys.has(meta['x-source'])

const typeOf = (schema: unknown) => {
  if (schema instanceof z.ZodArray) return 'array'
  if (schema instanceof z.ZodObject) return 'object'
  if (schema instanceof z.ZodNumber) return 'integer'
  return schema instanceof z.ZodBoolean ? 'boolean' : 'string'
}

const inZod = (schema: unknown, prefix = ''): Shown[] => {
  const object = schema instanceof z.ZodArray ? schema.element : schema
  if (!(object instanceof z.ZodObject)) return []

  return Object.entries(object.shape).flatMap(([key, field]) => {
    const inner: unknown = field instanceof z.ZodOptional ? field.unwrap() : field
    const meta = inner instanceof z.ZodType ? (inner.meta() ?? {}) : {}
    const type = typeOf(inner)
    const name = `${prefix}${key}${type === 'array' ? '[]' : ''}`
    const required = !(field instanceof z.ZodOptional)
    const shown = { name, type, required, label: meta.title, known: isKnown(meta) }

    return [shown, ...inZod(inner, `${name}.`)]
  })
}

type Json = z.core.JSONSchema.BaseSchema

const isJson = (schema: unknown): schema is Json => typeof schema === 'object' && schema !== null

const inJson = (schema: unknown, prefix = ''): Shown[] => {
  const object = isJson(schema) && isJson(schema.items) ? schema.items : schema
  if (!isJson(object)) return []

  return Object.entries(object.properties ?? {}).flatMap(([key, field]) =>
    isJson(field) ? fieldOf(`${prefix}${key}`, field, object.required?.includes(key)) : [],
  )
}

const fieldOf = (key: string, schema: Json, required = false): Shown[] => {
  const { type = 'string', title } = schema
  const name = type === 'array' ? `${key}[]` : key
  const shown = { name, type, required, label: title, known: isKnown(schema) }

  return [shown, ...inJson(schema, `${name}.`)]
}

const asked = (fields: Shown[]) => fields.filter(({ name }) => !beyondThePage.includes(name))

/** The order of members is that of real answers, which the list does not have. */
const byName = (fields: Shown[]) =>
  fields.toSorted((one, other) => one.name.localeCompare(other.name))

/** The lists of the two roles have their last members in another order; here they have one. */
const orderOf = (id: string) => (id.startsWith('pay.') ? byName : (fields: Shown[]) => fields)

test('names the documented operations and no others', () => {
  const listed = golden.map(({ id }) => id)
  expect([...endpointIds].sort()).toEqual([...listed, ...Object.keys(beyondTheList)].sort())
})

test.each(golden)('declares $id at its method, path and status', ({ id, response, ...row }) => {
  expect(table[id]).toMatchObject({ method: row.method, path: row.path, mode: row.mode })
  expect(table[id]?.response.status).toBe(response.status)
})

test.each(golden)('declares every field of $id with its label', ({ id, ...row }) => {
  const request = table[id]?.request
  const response = table[id]?.response
  const answer = response?.status === 200 ? response.body : undefined

  for (const place of ['path', 'query', 'body'] as const) {
    const sorted = orderOf(id)
    const expected = expectedOf(id, row.request.fields, place)
    expect(sorted(asked(inZod(request?.[place])))).toEqual(sorted(expected))
  }
  expect(byName(inZod(answer))).toEqual(byName(expectedOf(id, row.response.fields)))
})

test.each(golden)('describes every field of $id in OpenAPI', ({ id, ...row }) => {
  const operation = document.paths[row.path]?.[row.method === 'GET' ? 'get' : 'post']
  const body = operation?.requestBody?.content['application/json'].schema
  const answer = operation?.responses[row.response.status]?.content?.['application/json'].schema

  expect(operation?.operationId).toBe(id)
  for (const place of ['path', 'query'] as const) {
    const parameters = operation?.parameters.filter((parameter) => parameter.in === place) ?? []
    const fields = parameters.flatMap((one) => fieldOf(one.name, one.schema, one.required))
    expect(fields).toEqual(expectedOf(id, row.request.fields, place))
  }
  const sorted = orderOf(id)
  const expected = expectedOf(id, row.request.fields, 'body')
  expect(sorted(asked(inJson(body)))).toEqual(sorted(expected))
  expect(byName(inJson(answer))).toEqual(byName(expectedOf(id, row.response.fields)))
})

test('closes every object of a request and no object of an answer', () => {
  const closed = (schema: unknown) => {
    const text = JSON.stringify(schema) ?? ''
    return [text.split('"type":"object"').length, text.split('"additionalProperties"').length]
  }

  for (const path of Object.values(document.paths)) {
    for (const { requestBody, responses } of Object.values(path)) {
      const [objects, closures] = closed(requestBody)
      expect(closures).toBe(objects)
      expect(closed(responses[200])[1]).toBe(1)
    }
  }
})

test('writes every pattern of OpenAPI for Unicode mode', () => {
  JSON.stringify(document, (key, value) => {
    if (key === 'pattern') expect(() => new RegExp(value, 'u')).not.toThrow()
    return value
  })
})

test.each(rows)('has a field for every parameter in the path of %s', (_id, { path, request }) => {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
  expect(Object.keys(request.path?.shape ?? {})).toEqual(names)
})

test.each(rows)('names no refusal of %s twice', (_id, { situations }) => {
  expect(new Set(situations).size).toBe(situations.length)
})

test('describes the refusals of an operation by status, with code and message', () => {
  const create = document.paths['/v3/payscore/plan/partner/payscore-plans']?.post
  const { code, message } = errors.serviceForbidden

  expect(create?.responses[403]).toMatchObject({
    description: 'NO_AUTH',
    content: {
      'application/json': { examples: { serviceForbidden: { value: { code, message } } } },
    },
  })
})

test('names the server that serves the document', () => {
  expect(openapi({ serverUrl: 'http://127.0.0.1:8129' }).servers).toEqual([
    { url: 'http://127.0.0.1:8129' },
  ])
})
