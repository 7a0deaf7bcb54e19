import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { signedFetch } from '../../../client/index.ts'
import type { Endpoint } from '../../../contracts/endpoint.ts'
import { endpoints } from '../../../contracts/endpoints.ts'
import { startSandbox } from '../../support/sandbox.ts'
import { type Location, type Path, sampleOf, type Wrong, wrongOf } from './wrong-values.ts'

const table: Record<string, Endpoint> = endpoints
const rows = Object.entries(table).filter(([, { mode }]) => mode !== 'direct')

const Golden = z.object({
  endpoints: z.array(
    z.object({
      id: z.string(),
      request: z.object({
        fields: z.array(z.object({ name: z.string(), limit: z.string().default('') })),
      }),
    }),
  ),
})
const file = new URL('../../golden/payscore-endpoints.json', import.meta.url)

/** The longest text that the documents allow, by operation and field. */
const documented = new Map(
  Golden.parse(JSON.parse(readFileSync(file, 'utf8'))).endpoints.flatMap(({ id, request }) =>
    request.fields.map(({ name, limit }) => [`${id} ${name}`, /^string\((\d+)\)/.exec(limit)?.[1]]),
  ),
)

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** A copy with something else at one place. */
const replaced = (holder: unknown, [key, ...rest]: Path, value: unknown): unknown => {
  if (key === undefined) return value
  const held = isRecord(holder) ? holder : {}
  const member = replaced(held[key], rest, value)

  return Array.isArray(holder) ? holder.with(Number(key), member) : { ...held, [key]: member }
}

type Parts = Partial<Record<Location, unknown>>

const partsOf = ({ request: { path, query, body } }: Endpoint) => {
  const parts: [Location, z.ZodObject | undefined][] = [
    ['uri_template', path],
    ['query', query],
    ['body', body],
  ]
  return parts.flatMap(([location, schema]) => (schema ? [{ location, schema }] : []))
}

const samplesOf = (endpoint: Endpoint): Parts =>
  Object.fromEntries(partsOf(endpoint).map(({ location, schema }) => [location, sampleOf(schema)]))

type WrongCall = { parts: Parts; wrong: Wrong }

/** Every call that is wrong in one thing, with that thing. */
const wrongCalls = (id: string, endpoint: Endpoint): WrongCall[] => {
  const samples = samplesOf(endpoint)
  const longest = (path: Path) => {
    const limit = documented.get(`${id} ${path.join('.').replaceAll('.0', '[]')}`)
    return limit === undefined ? undefined : Number(limit)
  }
  const isForbidden = ({ detail }: Wrong) =>
    detail.location !== null || endpoint.request.undeclaredQuery !== 'ignored'

  return partsOf(endpoint).flatMap(({ location, schema }) =>
    wrongOf(schema, { location, path: [], label: '', longest })
      .filter(isForbidden)
      .map((wrong) => {
        const part = replaced(samples[location], wrong.path, wrong.value)
        return { wrong, parts: { ...samples, [location]: part } }
      }),
  )
}

const entriesOf = (value: unknown) =>
  Object.entries(isRecord(value) ? value : {})
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => [name, encodeURIComponent(String(member))] as const)

const targetOf = ({ path }: Endpoint, { uri_template, query }: Parts) => {
  const filled = entriesOf(uri_template).reduce(
    (target, [name, value]) => target.replace(`{${name}}`, value),
    path,
  )
  const pairs = entriesOf(query).map((pair) => pair.join('='))

  return `${filled}?${pairs.join('&')}`
}

const start = async () => {
  const { control, credentials, url } = await startSandbox()
  const send = signedFetch({
    mchid: credentials.mchid,
    serial: credentials.merchantSerial,
    privateKey: credentials.merchantKey,
    platformKeys: { [credentials.platformSerial]: credentials.platformCertificate },
  })
  const ask = async (endpoint: Endpoint, parts: Parts) => {
    const { method } = endpoint
    const body = parts.body === undefined ? {} : { body: JSON.stringify(parts.body) }
    const answer = await send(`${url}${targetOf(endpoint, parts)}`, { method, ...body })
    const said: unknown = await answer.json()
    return { status: answer.status, said }
  }
  const remembered = () =>
    Promise.all([
      control.plans.list(),
      control.userSignPlans.list(),
      control.serviceOrders.list(),
      control.refunds.list(),
      control.permissions.list(),
    ])

  return { ask, remembered }
}

const atOnce = 10

/** Asks them all, and finds each refused in the gateway's words, with nothing changed. */
const expectRefusals = async (endpoint: Endpoint, calls: readonly WrongCall[]) => {
  const { ask, remembered } = await start()
  const before = await remembered()
  const answers: unknown[] = []
  for (let next = 0; next < calls.length; next += atOnce) {
    const asked = calls.slice(next, next + atOnce).map(({ parts }) => ask(endpoint, parts))
    answers.push(...(await Promise.all(asked)))
  }

  expect(answers).toEqual(
    calls.map(({ wrong: { message, detail } }) => ({
      status: 400,
      said: { code: 'PARAM_ERROR', message, detail },
    })),
  )
  expect(await remembered()).toEqual(before)
}

test.each(rows)('%s refuses whatever breaks one rule of the contract', async (id, endpoint) => {
  await expectRefusals(endpoint, wrongCalls(id, endpoint))
})

const withNumber = rows.filter(([, { request }]) => request.path && request.body)

test.each(withNumber)('%s refuses the number of its path in the body', async (_id, endpoint) => {
  const samples = samplesOf(endpoint)
  const [[name, schema] = ['', undefined]] = Object.entries(endpoint.request.path?.shape ?? {})
  const message = `无法将输入源“/body/${name}”映射到目标字段“${schema?.meta()?.title}”中，此字段并非多重字段但被输入源“/uri_template/${name}”映射过了。`
  const { ask } = await start()
  const body = replaced(samples.body, [name], '1')

  expect(await ask(endpoint, { ...samples, body })).toEqual({
    status: 400,
    said: { code: 'PARAM_ERROR', message },
  })
})
