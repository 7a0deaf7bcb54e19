/** The hosts of the API: the first, and those to which clients turn when it fails. */
export const apiHosts = [
  'api.mch.weixin.qq.com',
  'api2.mch.weixin.qq.com',
  'api.wechatpay.cn',
  'api2.wechatpay.cn',
] as const

/** Whether a name is one of them. */
export const isApiHost = (name: string): boolean =>
  apiHosts.some((host) => host === name.toLowerCase())
