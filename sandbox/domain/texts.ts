import { textTable } from '../../contracts/texts.ts'

/** What the rules say to people beside the wire's own words. */
export const domainTexts = textTable({
  differs: {
    en: '{member} was {first} in the first request and is {now} in this one. A repeat must carry the same parameters: keep those of the first request and send them again.',
    zh: '{member} 与首次请求不同：首次是 {first}，这次是 {now}。重入时参数要与首次请求相同：保存首次请求的参数，重试时原样再传。',
  },
  absent: { en: 'not there', zh: '未传' },
  otherProduct: {
    en: 'The number was ordered for {first} first, and now for {now}. Close that order and use a new number.',
    zh: '这个单号首次用于 {first} 下单，这次用于 {now}。关闭原订单，换一个新单号。',
  },
})

/** What is kept of notifications that were not sent, or were answered wrongly; kept in English. */
export const callbackTexts = textTable({
  addressUnreadable: {
    en: 'not delivered: the address cannot be read',
    zh: '未送达：地址无法解析',
  },
  addressNotWeb: { en: 'not delivered: the address is not of http', zh: '未送达：地址不是 http' },
  addressOfSandbox: {
    en: 'not delivered: the address is the control API of a sandbox',
    zh: '未送达：地址是沙箱的控制接口',
  },
  addressWithCredentials: {
    en: 'not delivered: the address holds credentials',
    zh: '未送达：地址里带有用户名或密码',
  },
  publicHost: { en: 'not delivered: public host', zh: '未送达：公网地址' },
  lost: { en: 'lost on purpose', zh: '按故障要求丢弃' },
  exhausted: { en: 'the schedule is used up', zh: '重试次数已用完' },
  cancelled: { en: 'cancelled by the control API', zh: '被控制接口取消' },
  dropped: { en: 'dropped when the world was restored', zh: '恢复数据时丢弃' },
  late: { en: 'no answer within {limit} ms', zh: '{limit} 毫秒内没有应答' },
  probeAccepted: { en: 'a probe was accepted', zh: '接受了签名探测流量' },
  faultAccepted: { en: '{fault} was accepted', zh: '接受了 {fault}' },
  failAccepted: {
    en: 'FAIL with {status} counts as accepted',
    zh: '状态码 {status} 的 FAIL 视为已接受',
  },
})
