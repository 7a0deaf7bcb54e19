import { createHmac, createSign } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  anonymous,
  directTransaction,
  partnerTransaction,
  scene_info,
} from '../support/requests.ts'
import { openSandbox } from '../support/sandbox.ts'
import { callControl } from './call-control.ts'

const { out_trade_no, mchid, appid } = directTransaction
const hour = 3_600_000

const start = async () => {
  const sandbox = await openSandbox()
  const { wxpay, control } = sandbox
  const { transactions } = wxpay.v3.pay

  return {
    ...sandbox,
    order: async (changes: Partial<typeof directTransaction & { limit_pay: ['no_credit'] }> = {}) =>
      (await transactions.jsapi.post({ json: { ...directTransaction, ...changes } })).data
        .prepay_id,
    query: async () =>
      (await transactions.outTradeNo._out_trade_no_.get({ out_trade_no, query: { mchid } })).data,
    pay: (visit: Parameters<typeof control.transactions.pay>[1] = {}) =>
      control.transactions.pay(out_trade_no, visit),
  }
}

test('the user pays, and the page is told so', async () => {
  const { order, pay, query } = await start()
  await order({})
  const paid = await pay({ bank_type: 'ICBC_CREDIT' })

  expect(paid).toMatchObject({
    outcome: 'succeed',
    result: { err_msg: 'get_brand_wcpay_request:ok', errMsg: 'requestPayment:ok' },
    transaction: { trade_state: 'SUCCESS', bank_type: 'ICBC_CREDIT' },
  })
  expect(await query()).toMatchObject(paid.transaction ?? {})
})

test.each([
  ['cancel', 'get_brand_wcpay_request:cancel', undefined],
  ['balanceShort', 'get_brand_wcpay_request:fail', '零钱余额不足，请更换支付方式'],
  ['cardRefused', 'get_brand_wcpay_request:fail', '银行拒绝了这笔交易，请更换银行卡'],
  ['tooFrequent', 'get_brand_wcpay_request:fail', '操作过于频繁，请稍后再试'],
  ['risk', 'get_brand_wcpay_request:fail', '本次交易存在风险，无法完成支付'],
] as const)('the order waits on when the user ends in %s', async (outcome, err_msg, shown) => {
  const { order, pay, query, control } = await start()
  await order()

  expect(await pay({ outcome })).toMatchObject({ outcome, result: { err_msg } })
  expect((await pay({ outcome })).shown).toBe(shown)
  expect(await query()).toMatchObject({ trade_state: 'NOTPAY' })
  expect(await control.notifications.list()).toEqual([])
  expect((await pay()).outcome).toBe('succeed')
})

test('a user who takes long is USERPAYING, which cannot be closed', async () => {
  const { order, pay, query, wxpay } = await start()
  await order()
  await pay({ outcome: 'slow' })

  expect(await query()).toMatchObject({ trade_state: 'USERPAYING' })
  const { close } = wxpay.v3.pay.transactions.outTradeNo._out_trade_no_
  await expect(close.post({ out_trade_no, json: { mchid } })).rejects.toMatchObject({ status: 429 })
  await pay()
  expect(await query()).toMatchObject({ trade_state: 'SUCCESS' })
})

test('an order is paid once: the page that is used twice says so, and nothing has changed', async () => {
  const { order, pay, query, control } = await start()
  await order()
  await pay()
  const paid = await query()

  await expect(pay()).rejects.toMatchObject({ refusal: 'paid', shown: '该订单已支付' })
  expect(await query()).toEqual(paid)
  expect(await control.notifications.list()).toHaveLength(1)
})

test('only the payer that the order names may pay', async () => {
  const { order, pay } = await start()
  await order()

  await expect(pay({ openid: 'oSOMEBODYELSE' })).rejects.toMatchObject({ refusal: 'userOther' })
})

test('of a code only the first who scans it may pay', async () => {
  const { wxpay, pay } = await start()
  await wxpay.v3.pay.transactions.native.post({ json: anonymous(directTransaction) })
  await pay({ openid: 'oFIRST', outcome: 'cancel' })

  await expect(pay({ openid: 'oSECOND' })).rejects.toMatchObject({ refusal: 'scannedByOther' })
  expect((await pay({ openid: 'oFIRST' })).result).toEqual({})
})

test('a prepay_id opens the cashier for two hours, an h5_url for five minutes', async () => {
  const { order, pay, clock, wxpay, control } = await start()
  const handle = await order()
  await clock.advance(2 * hour - 1000)
  await pay({ handle, outcome: 'cancel' })
  await clock.advance(1000)
  await expect(pay({ handle })).rejects.toMatchObject({ refusal: 'expired' })

  const json = { ...anonymous(directTransaction), out_trade_no: 'H5-ORDER', scene_info }
  await wxpay.v3.pay.transactions.h5.post({ json })
  await clock.advance(5 * 60_000)
  await expect(control.transactions.pay('H5-ORDER')).rejects.toMatchObject({
    refusal: 'h5Expired',
    shown: '支付请求已失效，请重新发起支付',
  })
})

test('a repeat of the order opens the cashier once more', async () => {
  const { order, pay, clock } = await start()
  const first = await order()
  await clock.advance(2 * hour)
  const second = await order()

  await expect(pay({ handle: first })).rejects.toMatchObject({ refusal: 'expired' })
  expect((await pay({ handle: second })).outcome).toBe('succeed')
})

test('limit_pay and a coupon that is too large keep the cashier shut', async () => {
  const { order, pay } = await start()
  await order({ limit_pay: ['no_credit'] })

  await expect(pay({ bank_type: 'ICBC_CREDIT' })).rejects.toMatchObject({
    refusal: 'methodForbidden',
  })
  await expect(pay({ coupon: { amount: 9_001 } })).rejects.toMatchObject({
    refusal: 'couponTooLarge',
  })
})

test('the routes say it in the language of the reader', async () => {
  const sandbox = await start()
  await sandbox.order()
  const path = `/transactions/${out_trade_no}/pay`

  expect((await callControl(sandbox, path, {})).status).toBe(200)
  expect(await callControl(sandbox, `${path}?lang=zh`, {})).toMatchObject({
    status: 400,
    body: { message: '收银台显示“该订单已支付”：订单已经支付。' },
  })
  expect((await callControl(sandbox, path, { outcome: 'perhaps' })).status).toBe(400)
  expect((await callControl(sandbox, '/transactions/NOBODY/pay', {})).status).toBe(404)
})

test('what the client makes opens the cashier, for each client', async () => {
  const { wxpay, control, order } = await start()
  const prepay_id = await order()
  const app = { ...anonymous(directTransaction), out_trade_no: 'APP-ORDER' }
  const { data } = await wxpay.v3.pay.transactions.app.post({ json: app })
  const call = { appid, prepay_id }
  const made = {
    jsapi: await wxpay.invocations.jsapi(call),
    miniProgram: await wxpay.invocations.miniProgram(call),
    app: await wxpay.invocations.app({ appid, ...data }),
  }

  for (const client of ['jsapi', 'miniProgram', 'app'] as const) {
    const parameters = made[client]
    const checked = await control.invocations.check({ client, parameters })
    expect([client, checked]).toEqual([client, { opens: true, problems: [] }])
  }
})

test('a service provider signs for the app of the sub-merchant', async () => {
  const { wxpay, control } = await start()
  const { data } = await wxpay.v3.pay.partner.transactions.jsapi.post({ json: partnerTransaction })
  const { sub_appid } = partnerTransaction
  const parameters = await wxpay.invocations.jsapi({ appid: sub_appid, ...data })

  expect(await control.invocations.check({ client: 'jsapi', parameters })).toMatchObject({
    opens: true,
  })
})

type Lines = [appid: string, timestamp: string, nonce: string, prepay: string]

/** Parameters of a page over whatever was signed, with plain node:crypto. */
const signedOver = async (text: (lines: Lines) => string, changes: object = {}) => {
  const sandbox = await start()
  const prepay_id = await sandbox.order()
  const lines: Lines = [appid, '1772359200', 'NONCE', `prepay_id=${prepay_id}`]
  const paySign = createSign('RSA-SHA256')
    .update(text(lines))
    .sign(sandbox.credentials.merchantKey, 'base64')
  const [appId, timeStamp, nonceStr, packed] = lines
  const parameters = { appId, timeStamp, nonceStr, package: packed, signType: 'RSA', paySign }

  return sandbox.control.invocations.check({
    client: 'jsapi',
    parameters: { ...parameters, ...changes },
  })
}

const joined = (lines: readonly string[]) => `${lines.join('\n')}\n`
const unsigned =
  'The cashier shows “支付验证签名失败”: the signature of the parameters does not fit.'

test('the text of the documents opens the cashier', async () => {
  expect(await signedOver(joined)).toEqual({ opens: true, problems: [] })
})

test.each<[string, (lines: Lines) => string, RegExp]>([
  [
    'the bare number on the fourth line',
    ([a, t, n, p]) => joined([a, t, n, p.replace('prepay_id=', '')]),
    /^Line 4 was signed as wx.+; it must be prepay_id=wx/,
  ],
  [
    'milliseconds',
    ([a, t, n, p]) => joined([a, `${t}000`, n, p]),
    /^Line 2 was signed as 1772359200000; it must be 1772359200\.$/,
  ],
  [
    'no line feed at the end',
    (lines) => lines.join('\n'),
    /lacks the line feed after its last line/,
  ],
  ['something else', () => 'something else', /^The key is right, and another text was signed/],
])('%s is named', async (_what, text, problem) => {
  const { opens, shown, problems } = await signedOver(text)

  expect([opens, shown]).toEqual([false, '支付验证签名失败'])
  expect(problems).toEqual([unsigned, expect.stringMatching(problem)])
})

const wrongs = [
  { what: 'a number for timeStamp', sent: { timeStamp: 1_772_359_200 }, says: /must be a text/ },
  {
    what: 'a missing nonceStr',
    sent: { nonceStr: undefined },
    shown: '支付验证签名失败',
    says: /nonceStr is missing/,
  },
  { what: 'another signType', sent: { signType: 'MD5' }, says: /signType is MD5; it must be RSA/ },
  {
    what: 'another app',
    sent: { appId: 'wx0000000000000000' },
    shown: '商户传入的appid参数不正确',
    says: /appId is not the app/,
  },
  {
    what: 'an unknown prepay_id',
    sent: { package: 'prepay_id=wx1' },
    shown: 'JSAPI缺少参数total_fee',
    says: /no order/,
  },
  {
    what: 'a package that is bare',
    sent: { package: 'wx1' },
    shown: 'JSAPI缺少参数total_fee',
    says: /must be prepay_id=/,
  },
]

test.each(wrongs)('$what is named', async ({ sent, shown, says }) => {
  const checked = await signedOver(joined, sent)

  expect(checked.opens).toBe(false)
  expect(checked.shown).toBe(shown)
  expect(checked.problems.join(' ')).toMatch(says)
})

test('an older scheme, and a signature of no key, are named', async () => {
  const { order, control, credentials, wxpay } = await start()
  const prepay_id = await order()
  const base = await wxpay.invocations.jsapi({ appid, prepay_id })
  const { appId, timeStamp, nonceStr, package: packed } = base
  const pairs = `appId=${appId}&nonceStr=${nonceStr}&package=${packed}&signType=HMAC-SHA256&timeStamp=${timeStamp}`
  const paySign = createHmac('sha256', credentials.apiv2Key)
    .update(`${pairs}&key=${credentials.apiv2Key}`)
    .digest('hex')
    .toUpperCase()
  const older = { ...base, paySign, signType: 'HMAC-SHA256' }

  const check = (parameters: Record<string, string>) =>
    control.invocations.check({ client: 'jsapi', parameters, language: 'zh' })
  expect((await check(older)).problems.join('')).toMatch(/APIv2 的签名方式/)

  expect((await check({ ...base, paySign: 'AAAA' })).problems.join('')).toMatch(
    /已知的密钥都对不上/,
  )
})

test('an order that is paid, closed or of another product does not open', async () => {
  const { order, pay, control, wxpay } = await start()
  const prepay_id = await order()
  const parameters = await wxpay.invocations.jsapi({ appid, prepay_id })
  const asApp = await wxpay.invocations.app({ appid, prepay_id })

  const wrong = await control.invocations.check({ client: 'app', parameters: asApp })
  expect(wrong.shown).toBe('支付场景非法')
  await pay()
  const used = await control.invocations.check({ client: 'jsapi', parameters })
  expect(used).toMatchObject({ opens: false, shown: '该订单已支付' })
})
