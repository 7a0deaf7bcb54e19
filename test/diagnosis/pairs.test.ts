import { expect, test } from 'vitest'
import { codesOf, nonce, type Sent, signedAs, timestamp } from './signer.ts'

const sent: Sent = {
  method: 'POST',
  target: '/v3/payscore/serviceorder?b=2&a=1%2f',
  body: '{"b":"订单/","a":{"z":1,"y":2}}',
}

type Parts = Sent & { host: string; time: string; nonce: string; end: string; line: string }

const truth: Parts = { ...sent, host: '', time: timestamp, nonce, end: '\n', line: '\n' }

const messageOf = ({ method, host, target, time, nonce, body, end, line }: Parts) =>
  [method, host + target, time, nonce, body].join(line) + (end && line)

/** One mistake of each kind, as something done to the parts; kinds that meet are not paired. */
const slips: readonly { code: string; on: string; slip: (parts: Parts) => Partial<Parts> }[] = [
  { code: 'methodCase', on: 'method', slip: () => ({ method: 'post' }) },
  { code: 'methodOther', on: 'method', slip: () => ({ method: 'GET' }) },
  { code: 'urlWithHost', on: 'host', slip: () => ({ host: 'https://127.0.0.1:8129' }) },
  { code: 'prefixSigned', on: 'host', slip: () => ({ host: '/api' }) },
  { code: 'versionMissing', on: 'path', slip: ({ target }) => ({ target: target.slice(3) }) },
  {
    code: 'slashTrailing',
    on: 'path',
    slip: ({ target }) => ({ target: target.replace('?', '/?') }),
  },
  {
    code: 'queryMissing',
    on: 'query',
    slip: ({ target }) => ({ target: target.replace(/\?.*/, '') }),
  },
  {
    code: 'queryDecoded',
    on: 'query',
    slip: ({ target }) => ({ target: target.replace('%2f', '/') }),
  },
  {
    code: 'queryReordered',
    on: 'query',
    slip: ({ target }) => ({ target: target.replace(/\?.*/, '?a=1%2f&b=2') }),
  },
  {
    code: 'queryReencoded',
    on: 'query',
    slip: ({ target }) => ({ target: target.replace('2f', '2F') }),
  },
  { code: 'timestampSignedInMilliseconds', on: 'time', slip: () => ({ time: `${timestamp}000` }) },
  { code: 'timestampOther', on: 'time', slip: () => ({ time: String(Number(timestamp) + 1) }) },
  { code: 'nonceCase', on: 'nonce', slip: () => ({ nonce: nonce.toLowerCase() }) },
  { code: 'nonceOther', on: 'nonce', slip: () => ({ nonce: 'recent' }) },
  { code: 'bodyNotSigned', on: 'body', slip: () => ({ body: '' }) },
  { code: 'bodyWhitespace', on: 'body', slip: ({ body }) => ({ body: `${body} ` }) },
  { code: 'bodyQuoted', on: 'body', slip: ({ body }) => ({ body: JSON.stringify(body) }) },
  {
    code: 'bodyReserialised',
    on: 'body',
    slip: () => ({ body: '{"b": "\\u8ba2\\u5355/", "a": {"z": 1, "y": 2}}' }),
  },
  {
    code: 'bodyReserialised',
    on: 'body',
    slip: () => ({ body: '{"b":"\\u8ba2\\u5355\\/","a":{"z":1,"y":2}}' }),
  },
  { code: 'separatorOther', on: 'line', slip: () => ({ line: '\r\n' }) },
  { code: 'separatorOther', on: 'line', slip: () => ({ line: '\\n' }) },
  { code: 'lastLineFeedMissing', on: 'end', slip: () => ({ end: '' }) },
]

// Without the body and the last line feed, a whole line is missing: that is one mistake.
const isOne = (codes: readonly string[]) =>
  codes.includes('bodyNotSigned') && codes.includes('lastLineFeedMissing')

const pairs = slips.flatMap((one, index) =>
  slips.slice(index + 1).flatMap((other) => {
    const codes = [one.code, other.code].toSorted()
    const parts = { ...truth, ...one.slip(truth) }
    const message = messageOf({ ...parts, ...other.slip(parts) })
    return one.on === other.on || isOne(codes) ? [] : [{ codes, message }]
  }),
)

test('pairs come from many families', () => {
  expect(pairs.length).toBeGreaterThan(180)
})

test.each(pairs)('names $codes', ({ codes, message }) => {
  const diagnosis = signedAs(sent, message, { nonces: ['recent'] })

  expect(codesOf(diagnosis).toSorted()).toEqual(codes)
})

test.each<[string, string[]]>([
  ['the latest known one', [...Array(100).keys(), 'latest'].map(String)],
  ['one of the request itself', [...Array(100).keys()].map(String)],
])('finds, beside another mistake, of many nonces %s', (_, nonces) => {
  const other = nonces.includes('latest') ? 'latest' : 'own'
  const message = messageOf({ ...truth, nonce: other, host: '/api' })
  const diagnosis = signedAs({ ...sent, headers: { 'x-nonce': 'own' } }, message, { nonces })

  expect(codesOf(diagnosis).toSorted()).toEqual(['nonceOther', 'prefixSigned'])
})

test('a rare mistake beside a usual one is found', () => {
  const parts = { ...truth, time: `${timestamp}487`, method: 'post' }

  expect(codesOf(signedAs(sent, messageOf(parts)))).toEqual([
    'methodCase',
    'timestampSignedInMilliseconds',
  ])
})
