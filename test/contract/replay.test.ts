import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { RecordingError, readHar } from '../../contracts/replay/har.ts'
import { bodyOf, callOf } from '../../contracts/replay/recorded-call.ts'
import { recordedInteractions, recordingTarget } from '../../contracts/replay/recording-target.ts'
import { replay } from '../../contracts/replay/replay.ts'
import { replayKey } from '../../contracts/replay/replay-key.ts'
import { run } from '../../contracts/suite/run.ts'
import { createsOrder } from '../../contracts/suite/service-orders.ts'
import { clientCall } from '../../sandbox/verifying/client-call.ts'
import { documented, observed } from './recordings.ts'
import { replayHandler } from './replay.ts'

const server = setupServer()
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterAll(() => server.close())

const mchid = '1230000109'
const call = clientCall({
  fetch: (request) => fetch(request),
  mchid,
  serial: '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB',
  privateKey: readFileSync(join(inject('credentials'), 'apiclient_key.pem'), 'utf8'),
  platformKeys: { [replayKey.id]: replayKey.publicKey },
})

test.each(documented)('the client sends and takes $_endpoint as recorded', async (recording) => {
  server.use(replayHandler(replay(documented)))
  const request = callOf(recording)
  const { status, content } = recording.response

  expect(request && (await call(request))).toMatchObject({
    status,
    body: bodyOf(content),
    trusted: true,
  })
})

test('the client refuses a replay that was signed ten minutes ago', async () => {
  server.use(replayHandler(replay(documented, { now: () => Date.now() - 600_000 })))
  const [recording] = documented
  const request = recording && callOf(recording)

  expect(request && (await call(request))).toMatchObject({ trusted: false })
})

test('what was asked several times is answered in turn', async () => {
  const asked = observed.filter(({ request }) => request.url.endsWith('/v3/certificates'))
  const answered = asked.filter(({ response }) => response.content.text !== undefined)
  const answer = replay(asked)
  const statuses: (number | undefined)[] = []
  for (const _ of [...answered, 'once more']) {
    const response = await answer(new Request('http://127.0.0.1/v3/certificates'))
    statuses.push(response?.status)
  }

  const recorded = answered.map(({ response }) => response.status)
  expect(statuses).toEqual([...recorded, recorded.at(-1)])
})

test('what was not recorded is not answered', async () => {
  const request = new Request('https://api.mch.weixin.qq.com/v3/certificates?algorithm_type=SM2')

  expect(await replay(documented)(request)).toBeUndefined()
})

test('an answer is signed as it was: a refusal is, an unproved caller is not', async () => {
  const signedIn = async (id: string) => {
    const recording = observed.find(({ _id }) => _id === id)
    const { url = '', method = '' } = recording?.request ?? {}
    const response = await replay(recording ? [recording] : [])(new Request(url, { method }))
    return response?.headers.has('Wechatpay-Signature')
  }

  expect(await signedIn('obs.cert.none.404')).toBe(true)
  expect(await signedIn('obs.sign.detail.get')).toBe(false)
  expect(await signedIn('obs.http.406.language')).toBe(true)
  expect(await signedIn('obs.header.no-ua.certificates')).toBe(false)
})

/** Assertions that the documented example breaks, by the quirk that explains it. */
const excused = {
  'gives service_introduction back': 'request and response service_introduction differ',
  'gives out_trade_no back as out_order_no':
    'request field is out_trade_no, response field is out_order_no, with different values',
  'is DOING, described as USER_CONFIRM': 'state CREATED with state_description USER_CONFIRM',
}

test('the documented order holds to the contract, but where it contradicts itself', async () => {
  server.use(replayHandler(replay(documented)))
  const recording = documented.find(({ _endpoint }) => _endpoint === createsOrder.endpoint)

  const results = await run([createsOrder], recordingTarget(documented, { call, mchid }))

  const failed = results.filter(({ held }) => !held).map(({ assertion }) => assertion)
  expect(failed).toEqual(Object.keys(excused))
  expect(recording?._quirks).toEqual(expect.arrayContaining(Object.values(excused)))
})

test('every documented exchange holds to what the suite asserts of any answer', async () => {
  server.use(replayHandler(replay(documented)))
  const interactions = recordedInteractions(documented)
  const results = await run(interactions, recordingTarget(documented, { call, mchid }))

  expect(interactions).toHaveLength(documented.length)
  expect(results.filter(({ held }) => !held)).toEqual([])
})

const har = JSON.stringify({
  log: {
    _provenance: 'live',
    _source: 'https://api.mch.weixin.qq.com',
    _recordedAt: '2026-11-23',
    version: '1.2',
    creator: { name: 'wechatpay-sandbox', version: '0.1.0' },
    entries: [documented[0]],
  },
})
const foreign = JSON.stringify({ log: { version: '1.2', creator: { name: 'other' }, entries: [] } })

test.each([
  [
    'cut off',
    har.slice(0, -20),
    'a.har is not JSON: it was cut off or is damaged. Record it again.',
  ],
  ['something else', '[]', 'a.har is JSON but not HAR: it has no log.'],
  [
    'of another tool',
    foreign,
    'a.har is no recording of wechatpay-sandbox: log._provenance is missing or unknown. Record it with wechatpay-sandbox record.',
  ],
  [
    'without a member',
    har.replace('"method"', '"verb"'),
    'a.har is not HAR 1.2: log.entries.0.request.method is missing or of another kind.',
  ],
  [
    'with a body that is not JSON',
    har.replace(/"text":"\{/g, '"text":"<'),
    /^a\.har cannot be replayed: the (request|answer) of entry 0 \(\w+ https:\S+\) says it is JSON and is not\.$/,
  ],
])('a file %s is refused in one sentence', (_, text, message) => {
  expect(() => readHar(har, 'a.har')).not.toThrow()
  expect(() => readHar(text, 'a.har')).toThrow(RecordingError)
  expect(() => readHar(text, 'a.har')).toThrow(message)
})
