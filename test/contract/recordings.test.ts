import { expect, test } from 'vitest'
import type { Endpoint } from '../../contracts/endpoint.ts'
import { endpointIds, endpoints } from '../../contracts/endpoints.ts'
import { answerOf, recordings, requestOf } from './recordings.ts'

/** No example is at hand for the ordinary orders of a merchant on its own. */
const unrecorded = /^serviceorder\..+\.direct$/

test('every other operation of the table has one documented exchange', () => {
  const recorded = recordings.map(({ _endpoint }) => _endpoint)
  const expected = endpointIds.filter((id) => !unrecorded.test(id))

  expect(recorded.toSorted()).toEqual(expected.toSorted())
})

test.each(recordings)('$_endpoint is recorded with its true sizes', ({ request, response }) => {
  const size = (text = '') => Buffer.byteLength(text)

  expect(request.bodySize).toBe(size(request.postData?.text))
  expect(response.bodySize).toBe(size(response.content.text))
  expect(response.content.size).toBe(size(response.content.text))
  expect(request.queryString).toEqual(
    [...new URL(request.url).searchParams].map(([name, value]) => ({ name, value })),
  )
})

/** The documents give the literal text service_id for a service there, as a quirk says. */
const excused: Record<string, string[]> = { 'permissions.apply.partner': ['service_id'] }

test.each(recordings)('$_endpoint fits the table as documented', (recording) => {
  const { method, request, response }: Endpoint = endpoints[recording._endpoint]
  const { path, query, body } = requestOf(recording)
  const answer = answerOf(recording)

  const misfits = [
    request.path?.safeParse(path),
    request.query?.safeParse(query),
    request.body?.safeParse(body ?? {}),
  ].flatMap((parsed) => parsed?.error?.issues.map((issue) => issue.path.join('.')) ?? [])

  expect(misfits).toEqual(excused[recording._endpoint] ?? [])
  expect([recording.request.method, answer.status]).toEqual([method, response.status])
  expect('body' in response ? response.body.parse(answer.body) : undefined).toEqual(answer.body)
})
