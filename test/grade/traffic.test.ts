import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, onTestFinished, test } from 'vitest'
import { readCredentials } from '../../client/credentials.ts'
import { exampleIdentities } from '../../sandbox/authority/example-identities.ts'
import { authorizationFor } from '../support/signer.ts'
import { grade, start } from './grading.ts'
import { rawMerchant } from './raw-merchant.ts'
import { failure, type Parts } from './sample-merchant.ts'

const startRaw = async (flaw: Partial<Parts> = {}) => {
  const sandbox = await start(flaw)
  const { notify_url, enter } = sandbox.merchant
  const raw = rawMerchant({ ...sandbox, dir: inject('credentials'), notify_url, enter })

  return {
    ...sandbox,
    ...raw,
    /** An order that is paid, and the number of its payment. */
    payment: async (number = 'PAID') => {
      await raw.create(number)
      await raw.complete(number)
      await sandbox.control.idle()
      return (await sandbox.control.serviceOrders.get(number)).transaction_id ?? ''
    },
    /** An order whose first charge fails. */
    unpaid: async (number = 'UNPAID') => {
      await sandbox.control.charges.order({ outcome: 'fail' })
      await raw.create(number)
      await raw.complete(number)
      await sandbox.control.idle()
    },
    grade: (queryWithin = 300_000) => grade({ notify_url, sandbox: sandbox.url, queryWithin }),
  }
}

type Started = Awaited<ReturnType<typeof startRaw>>

const later = '20091225131010'
const other = '1900000110'

/** A second sub-merchant is bound to the partner. */
const bindOther = async ({ control }: Started) => {
  const world = await control.worlds.export()
  const merchants = world.records.merchants.map((merchant) => ({
    ...merchant,
    subMerchants: [...merchant.subMerchants, { sub_mchid: other, sub_appids: [] }],
  }))
  await control.worlds.import({ ...world, records: { ...world.records, merchants } })
}

test('a sound merchant passes each check of its traffic', async () => {
  const sandbox = await startRaw()
  const { control } = sandbox
  await bindOther(sandbox)

  await control.faults.order({ fault: 'WRONG_SIGNATURE', operation: 'serviceorder.create.partner' })
  await control.faults.order({ fault: 'CALLBACK_LOST' })
  await sandbox.create('PAID')
  const transaction_id = await sandbox.payment('PAID')
  await sandbox.query('PAID')
  await sandbox.refund('HALF1', { refund: 5000, transaction_id })
  await sandbox.clock.advance(60_000)
  await sandbox.refund('HALF2', { refund: 10_000, transaction_id })
  await sandbox.unpaid()
  await sandbox.modify('UNPAID', 9000)
  await sandbox.sync('UNPAID', later)
  await sandbox.sync('UNPAID', later)
  await sandbox.create('OTHERS', { sub_mchid: other })
  const { passed, findings } = await sandbox.grade()

  expect(findings).toEqual([])
  expect(passed).toEqual([
    'G1',
    '2',
    '4',
    '7',
    '8',
    '10',
    '11',
    '12',
    '13',
    '16, 17',
    '19',
    '22',
    '28',
  ])
})

type Careless = { does: string; steps: (sandbox: Started) => Promise<unknown>; findings: string[] }

const careless: Careless[] = [
  {
    does: 'uses an order whose creation had an answer that does not verify',
    steps: async ({ control, create, complete }) => {
      await control.faults.order({
        fault: 'BODY_CHANGED',
        operation: 'serviceorder.create.partner',
      })
      await create('ORDER')
      await complete('ORDER')
    },
    findings: ['G1'],
  },
  {
    does: 'uses an order after a probe',
    steps: async ({ control, create, complete }) => {
      await control.probes.set({ answers: 1 })
      await create('ORDER')
      await control.probes.set({ answers: 0 })
      await complete('ORDER')
    },
    findings: ['G1'],
  },
  {
    does: 'leaves sub_mchid out',
    steps: ({ create }) => create('ORDER', { sub_mchid: undefined }),
    findings: ['4'],
  },
  {
    does: 'names a sub_appid that is not bound',
    steps: ({ create }) => create('ORDER', { sub_appid: 'wx0000000000000000' }),
    findings: ['4'],
  },
  {
    does: 'sums up wrongly',
    steps: async ({ create, complete }) => {
      await create('ORDER')
      await complete('ORDER', 100, { total_amount: 99 })
    },
    findings: ['8'],
  },
  {
    does: 'completes above the risk fund',
    steps: async ({ create, complete }) => {
      await create('ORDER', { risk_fund: { name: 'DEPOSIT', amount: 20_000 } })
      await complete('ORDER', 20_001)
    },
    findings: ['9'],
  },
  {
    does: 'sends fractions of fen',
    steps: async ({ create, complete }) => {
      await create('ORDER')
      await complete('ORDER', 99.5)
    },
    findings: ['10'],
  },
  {
    does: 'sends amounts as text',
    steps: ({ create }) =>
      create('ORDER', { risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: '200' } }),
    findings: ['10'],
  },
  {
    does: 'asks to pay before completion',
    steps: async ({ create, pay }) => {
      await create('ORDER')
      await pay('ORDER')
    },
    findings: ['11'],
  },
  {
    does: 'completes what it cancelled',
    steps: async ({ create, cancel, complete }) => {
      await create('ORDER')
      await cancel('ORDER')
      await complete('ORDER')
    },
    findings: ['11'],
  },
  {
    does: 'refunds by out_trade_no',
    steps: async ({ payment, refund }) => {
      await payment()
      await refund('REFUND', { refund: 500, out_trade_no: 'PAID' })
    },
    findings: ['12'],
  },
  {
    does: 'refunds without sub_mchid',
    steps: async ({ payment, refund }) => {
      const transaction_id = await payment()
      await refund('REFUND', { refund: 500, transaction_id, sub_mchid: undefined })
    },
    findings: ['12'],
  },
  {
    does: 'refunds more than was paid',
    steps: async ({ payment, refund }) => {
      const transaction_id = await payment()
      await refund('REFUND1', { refund: 10_000, transaction_id })
      await refund('REFUND2', { refund: 10_000, transaction_id })
    },
    findings: ['13'],
  },
  {
    does: 'orders for a sub-merchant that is not bound',
    steps: ({ create }) => create('ORDER', { sub_mchid: other }),
    findings: ['16, 17'],
  },
  {
    does: 'asks for profit sharing at creation',
    steps: ({ create }) => create('ORDER', { profit_sharing: true }),
    findings: ['18'],
  },
  {
    does: 'syncs once more with another time',
    steps: async ({ unpaid, sync }) => {
      await unpaid()
      await sync('UNPAID', later)
      await sync('UNPAID', '20091225141010')
    },
    findings: ['19'],
  },
  {
    does: 'modifies to more',
    steps: async ({ unpaid, modify }) => {
      await unpaid()
      await modify('UNPAID', 15_001)
    },
    findings: ['22'],
  },
  {
    does: 'gives two sub-merchants one number',
    steps: async (sandbox) => {
      await bindOther(sandbox)
      await sandbox.create('ORDER')
      await sandbox.create('ORDER', { sub_mchid: other })
    },
    findings: ['28'],
  },
]

test.each(careless)('a merchant that $does has that finding and no other', async (row) => {
  const sandbox = await startRaw()
  await row.steps(sandbox)
  const { findings, of } = await sandbox.grade()

  expect(findings).toEqual(row.findings)
  expect(of(row.findings[0] ?? '')?.evidence[0]?.entry).toBeGreaterThan(0)
})

test('an order without its callback is a finding when nobody queried it in time', async () => {
  const sandbox = await startRaw()
  await sandbox.control.faults.order({ fault: 'CALLBACK_LOST' })
  await sandbox.payment()

  expect((await sandbox.grade()).of('7')).toMatchObject({
    result: 'not seen',
    why: 'It is not yet time to query: see --query-within.',
  })
  expect((await sandbox.grade(0)).findings).toEqual(['7'])
  await sandbox.query('PAID')
  expect((await sandbox.grade(0)).passed).toContain('7')
})

test('time that only business time has gone through is not counted', async () => {
  const { control, clock, create, grade } = await startRaw()
  await create('ORDER', { need_user_confirm: true, openid: undefined })
  await clock.advance(3_600_000)
  await control.faults.order({ fault: 'CALLBACK_LOST' })
  await control.serviceOrders.confirm('ORDER')
  await control.idle()

  expect((await grade(1)).of('7')?.why).toBe('It is not yet time to query: see --query-within.')
})

test('what was done once does not show what is done several times', async () => {
  const { payment, refund, unpaid, sync, grade } = await startRaw()
  const transaction_id = await payment()
  await refund('REFUND', { refund: 500, transaction_id })
  await refund('REFUND', { refund: 500, transaction_id })
  await unpaid()
  await sync('UNPAID', later)

  expect((await grade()).unseen).toEqual(expect.arrayContaining(['13', '19', '28']))
})

test('a callback that is refused until its schedule ends is lost too', async () => {
  const sandbox = await startRaw({ handle: () => failure(500) })
  await sandbox.payment()
  await sandbox.clock.advance(2 * 86_400_000)

  expect((await sandbox.grade(0)).findings).toEqual(['G2', '7'])
})

test('a query before the payment is none for the lost callback', async () => {
  const sandbox = await startRaw()
  await sandbox.control.faults.order({ fault: 'CALLBACK_LOST' })
  await sandbox.create('PAID')
  await sandbox.query('PAID')
  await sandbox.payment('PAID')

  expect((await sandbox.grade(0)).findings).toEqual(['7'])
})

type Blameless = { does: string; steps: (sandbox: Started) => Promise<unknown> }

const blameless: Blameless[] = [
  {
    does: 'repeats a completion whose answer was lost',
    steps: async ({ control, create, complete }) => {
      await control.faults.order({
        fault: 'CLOSED_AFTER',
        operation: 'serviceorder.complete.partner',
      })
      await create('ORDER')
      await complete('ORDER')
      await control.idle()
      await complete('ORDER')
    },
  },
  {
    does: 'repeats a modification whose answer was lost',
    steps: async ({ control, merchant, unpaid, modify }) => {
      await unpaid()
      await control.faults.order({
        fault: 'CLOSED_AFTER',
        operation: 'serviceorder.modify.partner',
      })
      merchant.enter('UNPAID', 9000)
      await modify('UNPAID', 9000)
      await modify('UNPAID', 9000)
    },
  },
  {
    does: 'cancels an order whose creation had an answer that does not verify',
    steps: async ({ control, create, cancel }) => {
      await control.faults.order({ fault: 'UNSIGNED', operation: 'serviceorder.create.partner' })
      await create('ORDER')
      await cancel('ORDER')
    },
  },
  {
    does: 'uses an order whose creation was answered by a new certificate',
    steps: async ({ control, create, complete }) => {
      await control.faults.order({ fault: 'ROTATION', operation: 'serviceorder.create.partner' })
      await create('ORDER')
      await complete('ORDER')
    },
  },
  {
    does: 'cancels what is being paid at that moment',
    steps: async ({ payment, cancel }) => {
      await payment()
      await cancel('PAID')
    },
  },
  {
    does: 'corrects a sync that was refused',
    steps: async ({ unpaid, sync }) => {
      await unpaid()
      await sync('UNPAID', 'yesterday')
      await sync('UNPAID', later)
    },
  },
]

test.each(blameless)('a merchant that $does has no finding', async ({ steps }) => {
  const sandbox = await startRaw()
  await steps(sandbox)

  expect((await sandbox.grade()).findings).toEqual([])
})

test('a receiver that accepted none of the genuine callbacks has that finding once they are paid', async () => {
  const sandbox = await startRaw({ handle: () => failure(500) })
  await sandbox.payment()
  const { findings, of } = await sandbox.grade()

  expect(findings).toEqual(['G2'])
  expect(of('G2')).toMatchObject({
    why: 'Of the genuine callbacks that the sandbox sent to this receiver, none was accepted.',
    evidence: [{ sent: 'USER_PAID of PAID', status: 500 }],
  })
})

test('a callback that the sandbox withheld never came', async () => {
  const sandbox = await startRaw()
  await sandbox.create('PAID', { notify_url: 'https://merchant.example/notify' })
  await sandbox.complete('PAID')
  await sandbox.control.idle()

  expect((await sandbox.grade(0)).findings).toEqual(['7'])
})

test('a notify_url with a query is found in the requests too', async () => {
  const sandbox = await startRaw()
  await sandbox.create('ORDER', { notify_url: `${sandbox.merchant.notify_url}?merchant=1` })
  const { findings, of } = await sandbox.grade()

  expect(findings).toEqual(['23'])
  expect(of('23')).toMatchObject({
    why: 'WeChat Pay takes no notify_url with a query: ?merchant=1.',
    evidence: [{ sent: 'POST /v3/payscore/partner/serviceorder' }],
  })
})

/** A sandbox that has one more merchant, of this number, and requests as that merchant makes them. */
const startWithMerchant = async (mchid: string) => {
  const folder = await mkdtemp(join(tmpdir(), 'grade-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const dir = join(folder, 'credentials')
  await cp(inject('credentials'), dir, { recursive: true })
  const { credentials, control, url, merchant } = await start({}, { dir })
  const added = await control.merchants.add({ ...credentials, mchid })
  const { notify_url, enter } = merchant
  const raw = rawMerchant({ url, dir: added.credentials ?? '', credentials, notify_url, enter })

  return { ...raw, url, credentials, notify_url, added: added.credentials ?? '' }
}

const { subMchid } = exampleIdentities

test("a merchant that signs with its sub-merchant's key has that finding", async () => {
  const { credentials, url, notify_url, added } = await startWithMerchant(subMchid)
  const { privateKey: merchantKey } = readCredentials(added)
  const target = '/v3/payscore/partner/serviceorder?sub_mchid=1900000109&out_order_no=ORDER'
  const Authorization = authorizationFor({ ...credentials, merchantKey }, { target })
  const headers = {
    Authorization,
    Accept: '*/*',
    'User-Agent': 'merchant',
    'Accept-Language': 'en',
  }
  expect((await fetch(url + target, { headers })).status).toBe(401)

  expect((await grade({ notify_url, sandbox: url })).findings).toEqual(['2'])
})

test('a merchant that signs as its sub-merchant has that finding', async () => {
  const { query, url, notify_url } = await startWithMerchant(subMchid)
  await query('ORDER')
  const { findings, of } = await grade({ notify_url, sandbox: url })

  expect(findings).toEqual(['2'])
  expect(of('2')?.why).toBe('Requests name the sub-merchant as the one who signs.')
})

test('whether a sub-merchant that calls for itself is this merchant is not seen', async () => {
  const { call, url, notify_url } = await startWithMerchant(subMchid)
  await call('certificates')

  expect((await grade({ notify_url, sandbox: url })).of('2')).toMatchObject({
    result: 'not seen',
    why: 'The sub-merchant calls for itself too: whether this integration sends that cannot be told.',
  })
})

test('a journal of another merchant shows nothing of this one, and says of whom it is', async () => {
  const { query, url, notify_url } = await startWithMerchant('1900000999')
  await query('ORDER')
  const { passed, findings, of } = await grade({ notify_url, sandbox: url })

  expect([passed, findings]).toEqual([[], []])
  for (const number of ['G1', '2', '8', '28']) {
    expect(of(number)?.why).toMatch(/^The journal has no request of .+, only of 1900000999\./)
  }
})
