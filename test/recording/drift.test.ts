import { expect, test } from 'vitest'
import { endpointIds } from '../../contracts/endpoints.ts'
import { isStale } from '../../contracts/replay/har.ts'
import { render } from '../../contracts/texts.ts'
import { reasonFor } from '../../sandbox/recording/drift/accepted-differences.ts'
import { compare, type Specimen } from '../../sandbox/recording/drift/compare.ts'
import { answeredSpecimens, recordedSpecimens } from '../../sandbox/recording/drift/specimens.ts'
import { readRecordings } from '../../sandbox/verifying/recordings.ts'

test('a sandbox answers every operation, and differs from the recordings as is known', {
  timeout: 120_000,
}, async () => {
  const answered = await answeredSpecimens()
  const differences = compare(answered, recordedSpecimens(await readRecordings(undefined)))

  expect([...new Set(answered.map(({ endpoint }) => endpoint))].toSorted()).toEqual(
    endpointIds.toSorted(),
  )
  expect(differences.filter((difference) => reasonFor(difference) === undefined)).toEqual([])
  expect(differences.length).toBeGreaterThan(15)
})

const refund = {
  refund_id: '50000000382019052709732678859',
  out_refund_no: 'R1',
  transaction_id: '42',
  out_trade_no: 'T1',
  channel: 'ORIGINAL',
  user_received_account: 'card',
  create_time: '2020-12-01T16:18:12+08:00',
  status: 'PROCESSING',
  amount: {
    total: 100,
    refund: 100,
    payer_total: 100,
    payer_refund: 100,
    settlement_refund: 100,
    settlement_total: 100,
    discount_refund: 0,
    currency: 'CNY',
  },
}
const without = (name: string) =>
  Object.fromEntries(Object.entries(refund).filter(([member]) => member !== name))

const specimen = (body: unknown, source: string): Specimen => ({
  endpoint: 'refund.query',
  status: 200,
  body,
  source,
})

test.each([
  ['nothing, though other values', { ...refund, out_trade_no: 'T2' }, []],
  [
    'a member that is empty and never is in a sandbox',
    { ...refund, user_received_account: '' },
    [{ pointer: '/user_received_account', what: 'only recorded', detail: 'empty text' }],
  ],
  [
    'a member that is new',
    { ...refund, channel_no: '7' },
    [
      { pointer: '/channel_no', what: 'only recorded', detail: 'text' },
      {
        pointer: '/channel_no',
        what: 'recorded against the contract',
        detail: 'not in the contract',
      },
    ],
  ],
  [
    'a number that became a text',
    { ...refund, amount: { ...refund.amount, total: '100' } },
    [
      {
        pointer: '/amount/total',
        what: 'of another kind',
        detail: 'integer answered, text recorded',
      },
      { pointer: '/amount/total', what: 'recorded against the contract', detail: /invalid_type/ },
    ],
  ],
  [
    'a time in another format',
    { ...refund, create_time: '20201201161812' },
    [
      {
        pointer: '/create_time',
        what: 'of another kind',
        detail: 'RFC 3339 time answered, order time recorded',
      },
      { pointer: '/create_time', what: 'recorded against the contract', detail: /invalid_format/ },
    ],
  ],
  [
    'a required member that is gone, but not what lies in it',
    without('amount'),
    [
      { pointer: '/amount', what: 'only answered', detail: 'object' },
      { pointer: '/amount', what: 'recorded against the contract', detail: /invalid_type/ },
    ],
  ],
])('notices %s', (_, recorded, expected) => {
  const found = compare([specimen(refund, 'sandbox')], [specimen(recorded, 'live: a.har')])

  expect(found.map(({ detail, ...rest }) => ({ ...rest, detail: render(detail, 'en') }))).toEqual(
    expected.map(({ detail, ...rest }) => ({
      endpoint: 'refund.query',
      source: 'live: a.har',
      detail: detail instanceof RegExp ? expect.stringMatching(detail) : detail,
      ...rest,
    })),
  )
})

test('only live recordings grow old', async () => {
  const [har] = [...(await readRecordings(undefined)).values()]
  if (!har) throw new Error('No recordings.')
  const aged = (_provenance: 'live' | 'documented') => ({
    log: { ...har.log, _provenance, _recordedAt: '2026-01-01' },
  })
  const age = (days: number) => ({
    maxAgeDays: 30,
    now: Date.parse('2026-01-01') + days * 86_400_000,
  })

  expect(isStale(aged('live'), age(30))).toBe(false)
  expect(isStale(aged('live'), age(31))).toBe(true)
  expect(isStale(aged('documented'), age(3000))).toBe(false)
})

test('notices the text of a refusal that no answer says', () => {
  const refusal = (message: string, source: string): Specimen => ({
    ...specimen({ code: 'INVALID_REQUEST', message }, source),
    status: 400,
  })
  const found = compare(
    [refusal('当前订单状态不合法', 'sandbox')],
    [refusal('当前订单状态不合法', 'live: a.har'), refusal('订单状态不合法', 'live: a.har')],
  )

  expect(found).toEqual([
    {
      endpoint: 'refund.query',
      pointer: '/message',
      what: 'only recorded',
      detail: '400 INVALID_REQUEST 订单状态不合法',
      source: 'live: a.har',
    },
  ])
})
