import { textTable } from '../../contracts/texts.ts'

/** What each fault does; behind them, what is said of requests for faults. */
export const faultTexts = textTable({
  SYSTEM_ERROR: {
    en: '500 `SYSTEM_ERROR`; nothing has changed',
    zh: '500 `SYSTEM_ERROR`；什么都没有改变',
  },
  SYSTEM_ERROR_AFTER: {
    en: '500 `SYSTEM_ERROR`, although the change took effect',
    zh: '500 `SYSTEM_ERROR`，但变更已经生效',
  },
  FREQUENCY_LIMITED: {
    en: '429 `FREQUENCY_LIMITED`; nothing has changed',
    zh: '429 `FREQUENCY_LIMITED`；什么都没有改变',
  },
  ERROR: {
    en: 'the refusal that `error` names, by its name in the catalogue or its number; nothing has changed',
    zh: '`error` 指定的拒绝，用错误目录里的名称或错误码；什么都没有改变',
  },
  BAD_GATEWAY: {
    en: '502 in HTML, from a gateway; nothing has changed',
    zh: '网关返回的 502 HTML 页面；什么都没有改变',
  },
  SERVICE_UNAVAILABLE: {
    en: '503 in HTML, from a gateway; nothing has changed',
    zh: '网关返回的 503 HTML 页面；什么都没有改变',
  },
  DELAY: {
    en: 'the request is carried out after `seconds` of wall time, 3 unless said otherwise',
    zh: '请求在 `seconds` 秒实际时间之后才执行，未指定时为 3 秒',
  },
  CLOSED: {
    en: 'the connection is closed without an answer; nothing has changed',
    zh: '不应答就关闭连接；什么都没有改变',
  },
  CLOSED_AFTER: {
    en: 'the change takes effect, then the connection is closed without an answer',
    zh: '变更生效，然后不应答就关闭连接',
  },
  ANSWER_LOST: {
    en: 'the change takes effect, and the answer never comes: the caller runs out of time',
    zh: '变更生效，应答一直不来：调用方等到超时',
  },
  WRONG_SIGNATURE: {
    en: 'the answer carries the signature of another text',
    zh: '应答带的是另一段文本的签名',
  },
  PROBE: {
    en: 'a signature probe: `WECHATPAY/SIGNTEST/` in Base64 of the right length',
    zh: '签名探测流量：`WECHATPAY/SIGNTEST/` 开头，是长度正确的 Base64',
  },
  PROBE_BROKEN: {
    en: 'a signature probe that is no Base64',
    zh: '不是 Base64 的签名探测流量',
  },
  UNKNOWN_SERIAL: {
    en: 'the answer is signed by a key that WeChat Pay does not have, under its serial number',
    zh: '应答由微信支付没有的密钥签名，带着它自己的序列号',
  },
  OLD_TIMESTAMP: {
    en: 'the answer is signed well, ten minutes ago',
    zh: '应答签名正确，但时间是十分钟之前',
  },
  BODY_CHANGED: {
    en: 'one digit of the answer is changed after it was signed',
    zh: '应答签名之后被改了一个数字',
  },
  UNSIGNED: {
    en: 'the answer carries no signature; of a cancellation, an unsigned 204',
    zh: '应答没有签名；取消时是没有签名的 204',
  },
  ROTATION: {
    en: 'a rotation goes on: the answer is signed by a new platform certificate',
    zh: '正在更换平台证书：应答由新的平台证书签名',
  },
  CALLBACK_LOST: {
    en: 'the callback is never sent',
    zh: '回调永远不发送',
  },
  CALLBACK_LATE: {
    en: 'the callback comes `seconds` of business time late, 60 unless said otherwise',
    zh: '回调按业务时间晚到 `seconds` 秒，未指定时为 60 秒',
  },
  CALLBACK_OUT_OF_ORDER: {
    en: 'the callback comes after the next one of the merchant, at the latest after an hour',
    zh: '回调排在该商户的下一条之后，最迟一小时',
  },
  CALLBACK_TWICE: {
    en: 'the callback comes twice in a row',
    zh: '回调连续到达两次',
  },
  CALLBACK_EIGHTFOLD: {
    en: 'the callback comes eight times at once',
    zh: '回调同时到达八次',
  },
  CALLBACK_OTHER_AMOUNT: {
    en: 'a callback with another amount, signed well; the true one follows',
    zh: '金额不同但签名正确的回调；随后送达正确的回调',
  },
  CALLBACK_WRONG_SIGNATURE: {
    en: 'a callback with the signature of another text; the true one follows',
    zh: '带着另一段文本签名的回调；随后送达正确的回调',
  },
  CALLBACK_PROBE: {
    en: 'a signature probe in Base64 of the right length; the true one follows',
    zh: '长度正确的 Base64 签名探测流量；随后送达正确的回调',
  },
  CALLBACK_PROBE_BROKEN: {
    en: 'a signature probe that is no Base64; the true one follows',
    zh: '不是 Base64 的签名探测流量；随后送达正确的回调',
  },
  CALLBACK_UNKNOWN_SERIAL: {
    en: 'a callback signed by a key that WeChat Pay does not have; the true one follows',
    zh: '由微信支付没有的密钥签名的回调；随后送达正确的回调',
  },
  CALLBACK_OLD_TIMESTAMP: {
    en: 'a callback signed well, ten minutes ago; the true one follows',
    zh: '签名正确但时间是十分钟之前的回调；随后送达正确的回调',
  },
  CALLBACK_BODY_CHANGED: {
    en: 'a callback of which one digit was changed after signing; the true one follows',
    zh: '签名之后被改了一个数字的回调；随后送达正确的回调',
  },
  CALLBACK_UNSIGNED: {
    en: 'a callback without a signature; the true one follows',
    zh: '没有签名的回调；随后送达正确的回调',
  },
  CALLBACK_PUBLIC_KEY: {
    en: 'a callback signed by the WeChat Pay public key, while answers stay on the certificate; it is sound',
    zh: '由微信支付公钥签名的回调，应答仍用平台证书；这条回调是正确的',
  },
  CALLBACK_ROTATION: {
    en: 'a callback signed by a new platform certificate, which is listed; it is sound',
    zh: '由新的平台证书签名的回调，新证书可以下载；这条回调是正确的',
  },
  tooMany: {
    en: '{most} faults wait already. Cancel some.',
    zh: '已有 {most} 个故障在等待：先取消一些。',
  },
  aboutCallbacks: {
    en: '{fault} is about callbacks: give event_type',
    zh: '{fault} 针对回调：请给 event_type',
  },
  aboutAnswers: {
    en: '{fault} is about answers: give operation',
    zh: '{fault} 针对应答：请给 operation',
  },
  errorUnknown: {
    en: 'ERROR needs `error`: the name of a refusal in the catalogue, or a number that ends a Request-ID',
    zh: 'ERROR 要有 `error`：错误目录里的名称，或 Request-ID 末尾的错误码',
  },
  errorElsewhere: { en: '{fault} takes no `error`', zh: '{fault} 没有 `error` 参数' },
  delayTooLong: {
    en: 'an answer is delayed by {most} seconds at most',
    zh: '应答最多推迟 {most} 秒',
  },
  headerUnknown: {
    en: '{header} asks for no fault of this sandbox: {value}. Known faults: {names}.',
    zh: '{header} 指定的故障沙箱里没有：{value}。已知的故障：{names}。',
  },
})
