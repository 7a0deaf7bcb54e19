import type { Invocations as Parameters } from '../contracts/cashier.ts'
import { invocationMessage } from '../contracts/protocol/message.ts'
import { signMessage } from '../contracts/protocol/signature.ts'
import type { SigningCaller } from './signed-fetch.ts'

/** What the cashier is opened for: `appid` is that of the app which opens it. */
export type Invoke = { appid: string; prepay_id: string }

/**
 * Makes what the front end hands to WeChat to open the cashier for a `prepay_id`, signed with the
 * merchant's private key. H5 and Native need none of it: their URLs open the cashier themselves.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365341
 */
export type Invocations = {
  /** For `WeixinJSBridge.invoke('getBrandWCPayRequest', …)`. */
  jsapi(call: Invoke): Promise<Parameters['jsapi']>
  /** For `wx.requestPayment`. */
  miniProgram(call: Invoke): Promise<Parameters['miniProgram']>
  /** For the OpenSDK of iOS, which Android spells in camel case. */
  app(call: Invoke): Promise<Parameters['app']>
}

export const invocationsOf = ({ mchid, privateKey, nonce, now }: SigningCaller): Invocations => {
  const sign = async (appid: string, prepay: string) => {
    const signed = { timestamp: Math.floor(now() / 1000).toString(), nonce: nonce() }
    const message = invocationMessage({ appid, prepay, ...signed })
    return { ...signed, signature: await signMessage(message, privateKey) }
  }

  const miniProgram = async ({ appid, prepay_id }: Invoke) => {
    const prepay = `prepay_id=${prepay_id}`
    const { timestamp: timeStamp, nonce: nonceStr, signature: paySign } = await sign(appid, prepay)
    return { timeStamp, nonceStr, package: prepay, signType: 'RSA', paySign }
  }

  return {
    jsapi: async (call) => ({ appId: call.appid, ...(await miniProgram(call)) }),
    miniProgram,
    app: async ({ appid, prepay_id: prepayid }) => {
      const { timestamp, nonce: noncestr, signature } = await sign(appid, prepayid)
      return {
        appid,
        partnerid: mchid,
        prepayid,
        package: 'Sign=WXPay',
        noncestr,
        timestamp,
        sign: signature,
      }
    },
  }
}
