import { expect, inject, test } from 'vitest'
import { isUntrustedAnswerError, Wechatpay } from '../../client/index.ts'
import { type FaultName, faultNames, faultOf } from '../../sandbox/faults/faults.ts'
import { merchantOf } from '../callbacks/merchant.ts'
import { startReceiver } from '../callbacks/receiver.ts'
import { startSandbox } from '../support/sandbox.ts'

const heldAt = Date.parse('2026-11-23T08:00:00+08:00')

/** A merchant whose receiver answers as our client judges: 204, or 500 with the code of the error. */
const start = async () => {
  const sandbox = await startSandbox({ heldAt })
  const wxpay = Wechatpay.fromCredentials(inject('credentials'))
  const seen: string[] = []
  const receiver = await startReceiver(async ({ headers, body }) => {
    try {
      const { id, event_type } = await wxpay.notifications.parse(headers, body)
      seen.push(`${event_type} ${id}`)
      return 204
    } catch (error) {
      seen.push(isUntrustedAnswerError(error) ? error.code : String(error))
      return 500
    }
  })

  return { ...sandbox, seen, receiver, merchant: merchantOf(sandbox, receiver.url) }
}

/** What our client says of each, before the true one comes. */
const untrusted: Partial<Record<FaultName, string>> = {
  CALLBACK_WRONG_SIGNATURE: 'SIGNATURE_MISMATCH',
  CALLBACK_PROBE: 'SIGNATURE_MISMATCH',
  CALLBACK_PROBE_BROKEN: 'SIGNATURE_MISMATCH',
  CALLBACK_UNKNOWN_SERIAL: 'SERIAL_UNKNOWN',
  CALLBACK_OLD_TIMESTAMP: 'TIMESTAMP_OFFSET',
  CALLBACK_BODY_CHANGED: 'SIGNATURE_MISMATCH',
  CALLBACK_UNSIGNED: 'SIGNATURE_HEADERS_MISSING',
}

test('every flaw of a callback is refused by our client, but for those that are sound', () => {
  const flawed = faultNames.filter((name) => {
    const fault = faultOf(name)
    return fault.on === 'callback' && 'flaw' in fault.callback
  })

  expect(flawed).toEqual([...Object.keys(untrusted), 'CALLBACK_PUBLIC_KEY', 'CALLBACK_ROTATION'])
})

test.each(Object.entries(untrusted))(
  '%s is refused, and the true one follows',
  async (fault, code) => {
    const { control, merchant, seen } = await start()
    await control.faults.order({ fault: faultNames.find((name) => name === fault) ?? 'CLOSED' })

    await merchant.refund()
    await control.idle()

    const [notice] = await control.notifications.list()
    expect(seen).toEqual([code, `REFUND.SUCCESS ${notice?.id}`])
    expect(notice).toMatchObject({
      state: 'DELIVERED',
      attempts: [{ probe: true, fault, status: 500 }, { probe: false }],
    })
  },
)

test('a flaw that is accepted is held against the receiver', async () => {
  const sandbox = await startSandbox({ heldAt })
  const { url } = await startReceiver()
  await sandbox.control.faults.order({ fault: 'CALLBACK_WRONG_SIGNATURE' })

  await merchantOf(sandbox, url).refund()
  await sandbox.control.idle()

  const [notice] = await sandbox.control.notifications.list()
  expect(notice?.attempts).toMatchObject([
    { violation: 'CALLBACK_WRONG_SIGNATURE was accepted' },
    { probe: false },
  ])
  expect(sandbox.control.requests.list({ kind: 'delivery' })).toMatchObject([
    { notification: notice?.id },
    { violation: 'CALLBACK_WRONG_SIGNATURE was accepted', fault: 'CALLBACK_WRONG_SIGNATURE' },
  ])
})

test('a callback with another amount is signed well, and the true one follows', async () => {
  const { control, merchant, receiver, seen } = await start()
  const wxpay = Wechatpay.fromCredentials(inject('credentials'))
  await control.faults.order({ fault: 'CALLBACK_OTHER_AMOUNT' })

  await merchant.refund()
  await control.idle()

  expect(seen).toHaveLength(2)
  const amounts = await Promise.all(
    receiver.received.map(async ({ headers, body }) => {
      const { resource } = await wxpay.notifications.parse(headers, body)
      return resource
    }),
  )
  expect(amounts).toMatchObject([
    { amount: { refund: 600, total: 15_100 } },
    { amount: { refund: 500, total: 15_000 } },
  ])
  const nonces = receiver.received.map(({ body }) => JSON.parse(body).resource.nonce)
  expect(nonces[0]).not.toBe(nonces[1])
})

test('a notice without an amount has no other one', async () => {
  const { control, merchant, seen } = await start()
  await control.faults.order({ fault: 'CALLBACK_OTHER_AMOUNT' })

  await merchant.authorise()
  await control.idle()

  expect(seen).toEqual([expect.stringMatching(/^PAYSCORE.USER_OPEN_SERVICE /)])
})

test('a lost callback is never sent, until somebody has it delivered again', async () => {
  const { control, merchant, seen } = await start()
  await control.faults.order({ fault: 'CALLBACK_LOST' })

  await merchant.refund()
  await control.clock.advance(2 * 86_400_000)

  const [notice] = await control.notifications.list()
  expect(seen).toEqual([])
  expect(notice).toMatchObject({ state: 'WITHHELD', reason: 'lost on purpose', attempts: [] })

  await control.notifications.redeliver(notice?.id ?? '')
  await control.idle()
  expect(seen).toHaveLength(1)
})

test('a late callback comes so many seconds later', async () => {
  const { control, merchant, seen } = await start()
  await control.faults.order({ fault: 'CALLBACK_LATE', seconds: 90 })

  await merchant.refund()
  await control.clock.advance(89_000)
  expect(seen).toEqual([])

  await control.clock.advance(1000)
  expect(seen).toHaveLength(1)
})

test.each([
  ['CALLBACK_TWICE', 2],
  ['CALLBACK_EIGHTFOLD', 8],
] as const)('%s sends %d, the same notice each time', async (fault, count) => {
  const { control, merchant, seen, receiver } = await start()
  await control.faults.order({ fault })

  await merchant.refund()
  await control.idle()

  expect(seen).toHaveLength(count)
  expect(new Set(seen).size).toBe(1)
  expect(new Set(receiver.received.map(({ headers }) => headers['Wechatpay-Nonce'])).size).toBe(
    count,
  )
  expect((await control.notifications.list())[0]).toMatchObject({ state: 'DELIVERED' })
})

test('when one of eight is refused, the notice comes again', async () => {
  const sandbox = await startSandbox({ heldAt })
  const { received, url } = await startReceiver((_, count) => (count === 3 ? 500 : 204))
  await sandbox.control.faults.order({ fault: 'CALLBACK_EIGHTFOLD' })

  await merchantOf(sandbox, url).refund()
  await sandbox.control.idle()
  expect(received).toHaveLength(8)
  await sandbox.control.clock.advance(15_000)

  expect(received).toHaveLength(9)
})

test('a callback out of order comes after the next one, or after an hour', async () => {
  const { control, merchant, seen } = await start()
  await control.faults.order({
    fault: 'CALLBACK_OUT_OF_ORDER',
    event_type: 'PAYSCORE.USER_OPEN_SERVICE',
  })

  await merchant.authorise()
  await control.idle()
  expect(seen).toEqual([])

  await merchant.refund()
  await control.idle()
  const events = () => seen.map((each) => each.split(' ')[0])
  expect(events()).toEqual(['REFUND.SUCCESS', 'PAYSCORE.USER_OPEN_SERVICE'])

  await control.faults.order({ fault: 'CALLBACK_OUT_OF_ORDER' })
  await merchant.authorise('SECOND')
  await control.clock.advance(3_599_000)
  expect(events()).toHaveLength(2)
  await control.clock.advance(1000)
  expect(events()).toHaveLength(3)
})

test('a callback that waited and is refused comes again by the schedule', async () => {
  const sandbox = await startSandbox({ heldAt })
  const { received, url } = await startReceiver(() => 500)
  await sandbox.control.faults.order({ fault: 'CALLBACK_OUT_OF_ORDER' })
  await merchantOf(sandbox, url).refund()

  await sandbox.control.clock.advance(3_600_000)
  expect(received).toHaveLength(1)
  await sandbox.control.clock.advance(15_000)
  expect(received).toHaveLength(2)
})

test('a rotation signs a callback with the new certificate, which can be downloaded', async () => {
  const { control, merchant, receiver, seen, url, credentials } = await start()
  await control.faults.order({ fault: 'CALLBACK_ROTATION' })

  await merchant.refund()
  await receiver.arrived(1)

  const [callback] = receiver.received
  const serial = callback?.headers['Wechatpay-Serial'] ?? ''
  expect(seen).toEqual(['SERIAL_UNKNOWN'])
  expect((await control.platformKeys.read()).certificates).toContain(serial)

  const { mchid, merchantSerial, merchantKey, apiv3Key } = credentials
  const downloading = new Wechatpay({
    mchid,
    serial: merchantSerial,
    privateKey: merchantKey,
    apiv3Key,
    baseUrl: url,
  })
  const parsed = await downloading.notifications.parse(
    callback?.headers ?? {},
    callback?.body ?? '',
  )
  expect(parsed.event_type).toBe('REFUND.SUCCESS')
})

test('a fault of callbacks can be asked for in the request that brings the callback about', async () => {
  const { control, merchant, seen } = await start()

  await merchant.refund('NT-CALLBACK_TWICE')
  await control.idle()

  expect(seen).toHaveLength(2)
})
