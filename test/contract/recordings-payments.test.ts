import { expect, test } from 'vitest'
import type { Situation } from '../../contracts/errors.ts'
import { notifications } from '../../contracts/notifications.ts'
import { directTransaction, partnerTransaction } from '../support/requests.ts'
import { openSandbox } from '../support/sandbox.ts'
import { authorizationFor } from '../support/signer.ts'
import { payments } from './recordings.ts'

const observed = payments.filter(({ _event }) => _event === undefined)
const callbacks = payments.filter(({ _event }) => _event !== undefined)

/** A sandbox, and a caller who sees the bytes of an answer. */
const start = async () => {
  const sandbox = await openSandbox({ settlementDelay: 3600 })
  const call = async (method: 'GET' | 'POST', target: string, json?: object) => {
    const body = json ? JSON.stringify(json) : ''
    const answer = await sandbox.fetch(
      new Request(`http://127.0.0.1${target}`, {
        method,
        ...(json && { body }),
        headers: {
          Authorization: authorizationFor(sandbox.credentials, { method, target, body }),
          Accept: 'application/json',
          'User-Agent': 'test',
        },
      }),
    )
    return { status: answer.status, text: await answer.text() }
  }

  return { ...sandbox, call }
}

type Started = Awaited<ReturnType<typeof start>>
type Answer = { status: number; text: string }

const { out_trade_no, mchid } = directTransaction
const target = '/v3/pay/transactions'
const numberTarget = `${target}/out-trade-no/${out_trade_no}`
const order =
  (changes: object = {}, product = 'jsapi') =>
  ({ call }: Started) =>
    call('POST', `${target}/${product}`, { ...directTransaction, ...changes })
const orderNative = ({ call }: Started, changes: object = {}) => {
  const { payer: _, ...json } = directTransaction
  return call('POST', `${target}/native`, { ...json, ...changes })
}
const query = ({ call }: Started, more = '') => call('GET', `${numberTarget}?mchid=${mchid}${more}`)
const close = ({ call }: Started) => call('POST', `${numberTarget}/close`, { mchid })
const pay = ({ control }: Started) => control.transactions.pay(out_trade_no)
const refund = async ({ call }: Started) =>
  call('POST', '/v3/refund/domestic/refunds', {
    out_trade_no,
    out_refund_no: 'REFUND',
    amount: { refund: 9_000, total: 9_000, currency: 'CNY' },
  })
const failing = (error: Situation) => async (started: Started) => {
  await started.control.faults.order({ fault: 'ERROR', error })
  return order()(started)
}

/** How each answer that was shown is brought about. */
const reproduced: Record<string, (started: Started) => Promise<Answer>> = {
  'pay.obs.query.notpay': async (started) => {
    await order()(started)
    return query(started)
  },
  'pay.obs.query.success': async (started) => {
    await order({ attach: '5_21' })(started)
    await pay(started)
    return query(started)
  },
  'pay.obs.close.204': async (started) => {
    await order()(started)
    return close(started)
  },
  'pay.obs.close.unknown': async ({ call }) => {
    const { sp_mchid, sub_mchid } = partnerTransaction
    const unknown = '/v3/pay/partner/transactions/out-trade-no/UNKNOWN/close'
    return call('POST', unknown, { sp_mchid, sub_mchid })
  },
  'pay.obs.close.unknown.forum': close,
  'pay.obs.reentry.after-close': async (started) => {
    await close(started)
    return order()(started)
  },
  'pay.obs.reentry.channel': async (started) => {
    await order()(started)
    return orderNative(started)
  },
  'pay.obs.paid-again': async (started) => {
    await order()(started)
    await pay(started)
    return order()(started)
  },
  'pay.obs.appid.mismatch': (started) => orderNative(started, { appid: 'wx0000000000000000' }),
  'pay.obs.noauth.product.mini': failing('productNotOpened'),
  'pay.obs.noauth.limited': failing('collectionRestricted'),
  'pay.obs.param.mchid-format': order({ mchid: 'YOUR_MCHID' }),
  'pay.obs.param.sub-mchid': failing('subMchidMissing'),
  'pay.obs.param.undeclared-query': (started) => query(started, '&sub_mch_id=1900000002'),
  'pay.obs.param.openid-app': failing('openidMismatch'),
  'pay.obs.query.tid-illegal': ({ call }) => call('GET', `${target}/id/ORDER1?mchid=${mchid}`),
  'pay.obs.native.2020': (started) => orderNative(started),
  'pay.obs.jsapi.prepay': order(),
  'pay.obs.refund.processing': async (started) => {
    await order()(started)
    await pay(started)
    return refund(started)
  },
  'pay.obs.refund.not-enough': async (started) => {
    await order()(started)
    await pay(started)
    await started.control.refunds.order({ outcome: 'NOT_ENOUGH' })
    return refund(started)
  },
  'pay.obs.refund.query.success': async (started) => {
    await order()(started)
    await pay(started)
    await refund(started)
    await started.clock.advance(3_600_000)
    return started.call('GET', '/v3/refund/domestic/refunds/REFUND')
  },
  'pay.sdk.query.unknown': (started) => query(started),
}

/** What is no answer of an operation, is cut short, or is of an older wording. */
const others = [
  'pay.obs.reentry.201.1',
  'pay.obs.noauth.product',
  'pay.obs.noauth.limited.runbook',
  'pay.obs.app.invoke',
  'pay.sdk.query.success',
]

test('every observed answer of payments is judged', () => {
  expect(observed.map(({ _id }) => _id).toSorted()).toEqual(
    [...Object.keys(reproduced), ...others].toSorted(),
  )
})

/** The members of a body in their order, level by level; rows of lists are alike. */
const membersOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).map(([name, inner]) => [name, membersOf(inner)])
    : typeof value

/** Logged maps and the fixtures of SDKs have an order of their own. */
const isLogged = ({ _quirks = [] }: { _quirks?: string[] | undefined }) =>
  _quirks.some((quirk) => /logged map|fixture/.test(quirk))

test.each(observed.filter(({ _id = '' }) => reproduced[_id]))(
  '$_id is reproduced',
  async (entry) => {
    const { status, text } = (await reproduced[entry._id ?? '']?.(await start())) ?? {
      status: 0,
      text: '',
    }
    const { response } = entry
    const body = text === '' ? undefined : JSON.parse(text)
    const recorded =
      response.content.text === undefined ? undefined : JSON.parse(response.content.text)

    expect(status).toBe(response.status)
    if (response.status >= 400 && recorded && !isLogged(entry))
      expect(text).toBe(response.content.text)
    else if (recorded && !isLogged(entry)) expect(membersOf(body)).toEqual(membersOf(recorded))
    else if (recorded) expect(body).toMatchObject({ ...(status >= 400 && { code: recorded.code }) })
    const { code, message } = Object(response._shown)
    if (code !== undefined) expect(body.code).toBe(code)
    if (message !== undefined) expect(body.message.startsWith(message)).toBe(true)
  },
)

test('the members of a paid order are those that were logged, sorted', async () => {
  const { text } = (await reproduced['pay.obs.query.success']?.(await start())) ?? { text: '{}' }
  const logged = observed.find(({ _id }) => _id === 'pay.obs.query.success')?.response.content.text
  const names = Object.keys(JSON.parse(text))

  expect(names).toEqual(Object.keys(JSON.parse(logged ?? '{}')).toSorted())
  expect(names).toEqual(names.toSorted())
})

test.each(callbacks.filter(({ _resource, _provenance }) => _resource && _provenance !== 'sdk'))(
  'the plaintext of $_id has its members in the order of the contract',
  ({ _event, _resource }) => {
    const { resource } = notifications[_event === 'TRANSACTION.SUCCESS' ? _event : 'REFUND.SUCCESS']

    expect(JSON.stringify(resource.parse(_resource))).toBe(JSON.stringify(_resource))
  },
)

test.each(['direct', 'coupon'])(
  'a callback of a %s payment is spelled as captured',
  async (kind) => {
    const started = await start()
    await order({ notify_url: 'http://127.0.0.1:9/notify' })(started)
    const coupon = kind === 'coupon' ? { coupon: { amount: 100 } } : {}
    await started.control.transactions.pay(out_trade_no, coupon)
    const [told] = await started.control.notifications.list()
    const id = kind === 'coupon' ? 'pay.notify.jsapi.coupon' : 'pay.notify.jsapi.attach'
    const captured = callbacks.find(({ _id }) => _id === id)?._resource

    const rowsOf = (value: unknown) => JSON.stringify(membersOf(value))
    const plaintext = JSON.parse(told?.plaintext ?? '{}')
    expect(rowsOf(plaintext)).toBe(rowsOf(captured))
    const [row] = plaintext.promotion_detail ?? []
    expect(rowsOf(row)).toBe(rowsOf(Object(captured).promotion_detail?.[0]))
  },
)
