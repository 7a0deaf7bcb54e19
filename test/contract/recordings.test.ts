import { expect, test } from 'vitest'
import type { Endpoint } from '../../contracts/endpoint.ts'
import { endpointIds, endpoints } from '../../contracts/endpoints.ts'
import { answerOf, recordings, requestOf } from './recordings.ts'

test('every operation of the table has one documented exchange', () => {
  expect(recordings.map(({ _endpoint }) => _endpoint).toSorted()).toEqual(endpointIds.toSorted())
})

test.each(recordings)('$_endpoint is recorded with its true sizes', ({ request, response }) => {
  const size = (text = '') => Buffer.byteLength(text)

  expect(request.bodySize).toBe(size(request.postData?.text))
  expect([response.bodySize, response.content.size]).toEqual(
    Array(2).fill(size(response.content.text)),
  )
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
