import { readCredentials } from '../../client/credentials.ts'
import { signedFetch } from '../../client/index.ts'
import type { MerchantCredentials } from '../../contracts/credentials.ts'

type Place = {
  url: string
  dir: string
  credentials: MerchantCredentials
  notify_url: string
  /** Lets the receiver know an order. */
  enter(out_order_no: string): void
}

type Refund = {
  refund: number
  transaction_id?: string
  out_trade_no?: string
  sub_mchid?: undefined
}

/** A merchant without this package's types: whatever it is told to send goes out, well signed. */
export const rawMerchant = ({ url, dir, credentials, notify_url, enter }: Place) => {
  const { serviceId: service_id, appid, subMchid: sub_mchid, openid } = credentials
  const send = signedFetch(readCredentials(dir))
  const parties = { service_id, sub_mchid }

  /** What comes back is not looked at; the journal has it. */
  const call = async (target: string, body?: object): Promise<void> => {
    const init = body && { method: 'POST', body: JSON.stringify(body) }
    await send(`${url}/v3/${target}`, init).catch(() => undefined)
  }
  const act = (number: string, action: string, body: object) =>
    call(`payscore/partner/serviceorder/${number}/${action}`, { ...parties, ...body })
  const charged = (amount: number | string) => ({
    post_payments: [{ name: '场地费', amount }],
    total_amount: amount,
  })

  return {
    call,
    create: (out_order_no: string, other: object = {}) => {
      enter(out_order_no)
      return call('payscore/partner/serviceorder', {
        ...parties,
        appid,
        openid,
        out_order_no,
        service_introduction: '羽毛球课',
        need_user_confirm: false,
        risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 20_000 },
        time_range: { start_time: '20091225091010' },
        notify_url,
        ...other,
      })
    },
    query: (number: string) =>
      call(
        `payscore/partner/serviceorder?${new URLSearchParams({ ...parties, out_order_no: number })}`,
      ),
    complete: (number: string, amount: number | string = 15_000, other: object = {}) =>
      act(number, 'complete', {
        ...charged(amount),
        time_range: { end_time: '20091225121010' },
        ...other,
      }),
    modify: (number: string, amount: number) =>
      act(number, 'modify', { sub_mchid, ...charged(amount), reason: '优惠' }),
    cancel: (number: string) => act(number, 'cancel', { reason: '用户要求' }),
    pay: (number: string) => act(number, 'pay', {}),
    sync: (number: string, paid_time: string) =>
      act(number, 'sync', { type: 'Order_Paid', detail: { paid_time } }),
    refund: (out_refund_no: string, { refund, ...other }: Refund) =>
      call('refund/domestic/refunds', {
        sub_mchid,
        out_refund_no,
        amount: { refund, total: 15_000, currency: 'CNY' },
        ...other,
      }),
  }
}
