/** How a caller shows the token of a control API, if it has one. */
export const bearerOf = (controlToken: string | undefined): Record<string, string> =>
  controlToken === undefined ? {} : { Authorization: `Bearer ${controlToken}` }

/** Whether a sandbox refused for want of its token; others say 401 too. */
export const wantsToken = ({ status, headers }: Response): boolean =>
  status === 401 && (headers.get('WWW-Authenticate') ?? '').includes('wechatpay-sandbox')
