import { expect, test } from 'vitest'
import type { Endpoint } from '../../contracts/endpoint.ts'
import { endpointIds, endpoints } from '../../contracts/endpoints.ts'
import { sources } from '../../contracts/evidence.ts'
import { bundledFiles } from '../../contracts/replay/bundled.ts'
import { bodyOf, callOf } from '../../contracts/replay/recorded-call.ts'
import { callbacks, documented, observed, payments } from './recordings.ts'

const files = [...bundledFiles().entries()]

test.each(files)('%s says where it comes from', (_, { log }) => {
  expect(sources).toHaveProperty(log._source)
  expect(log.comment).toMatch(/\.$/)
})

/** The members of HAR 1.2 that the recordings use; any other begins with `_`. */
const standard =
  /^(log|version|creator|name|comment|entries|startedDateTime|time|request|response|cache|timings|method|url|httpVersion|cookies|headers|queryString|postData|mimeType|text|headersSize|bodySize|status|statusText|content|size|redirectURL|value|send|wait|receive)$/

const foreignNames = (value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, inner]) => {
        if (name.startsWith('_')) return []
        const named = Array.isArray(value) || standard.test(name)
        return [...(named ? [] : [name]), ...foreignNames(inner)]
      })
    : []

test.each(files)('%s has no member that HAR does not name', (_, har) => {
  expect(foreignNames(har)).toEqual([])
})

/** No example is at hand for the ordinary orders of a merchant on its own, none yet for payments. */
const unrecorded = /^(serviceorder\..+\.direct|pay\..+|refund\.abnormal)$/

test('every other operation of the table has one documented exchange', () => {
  const recorded = documented.map(({ _endpoint }) => _endpoint ?? '')
  const expected = endpointIds.filter((id) => !unrecorded.test(id))

  expect(recorded.toSorted()).toEqual(expected.toSorted())
})

const size = (text = '') => Buffer.byteLength(text)
const everything = [...documented, ...observed, ...callbacks, ...payments].map(
  (recording, index) => ({
    label: `${index} ${recording._id ?? recording._endpoint}`,
    ...recording,
  }),
)

test.each(everything)('$label is recorded with its true sizes', ({ request, response }) => {
  const { postData } = request
  const { text } = response.content

  if (postData && request.bodySize >= 0 && !postData.text.includes('(left out)')) {
    expect(request.bodySize).toBe(size(postData.text))
  }
  if (text !== undefined) {
    expect([response.bodySize, response.content.size]).toEqual([size(text), size(text)])
  }
  expect(request.queryString).toEqual(
    [...new URL(request.url).searchParams].map(([name, value]) => ({ name, value })),
  )
})

/** The documents give the literal text service_id for a service there, as a quirk says. */
const excused: Record<string, string[]> = { 'permissions.apply.partner': ['service_id'] }

test.each(documented)('$_endpoint fits the table as documented', (recording) => {
  const called = callOf(recording)
  const { path, query, body, endpoint = 'certificates.list' } = called ?? {}
  const { method, request, response }: Endpoint = endpoints[endpoint]
  const answer = bodyOf(recording.response.content)

  const misfits = [
    request.path?.safeParse(path),
    request.query?.safeParse(query),
    request.body?.safeParse(body ?? {}),
  ].flatMap((parsed) => parsed?.error?.issues.map((issue) => issue.path.join('.')) ?? [])

  expect(called).toBeDefined()
  expect(misfits).toEqual(excused[endpoint] ?? [])
  expect([recording.request.method, recording.response.status]).toEqual([method, response.status])
  expect('body' in response ? response.body.parse(answer) : undefined).toEqual(answer)
})
