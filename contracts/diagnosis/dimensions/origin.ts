import type { Dimension } from '../dimension.ts'

const officialHosts = [
  'api.mch.weixin.qq.com',
  'api.mch.weixin.qq.com:443',
  'api2.mch.weixin.qq.com',
]
const usualPrefixes = 'api wechat wxpay pay wechatpay proxy gateway prod'.split(' ')

/** What stands before the path: a host, or the prefix of a proxy. */
export const origin: Dimension = {
  name: 'origin',
  *variations({ header }) {
    const named = ['host', 'x-forwarded-host'].flatMap((name) => header(name) ?? [])
    const hosts = new Set([...named.flatMap(withAndWithoutPort), ...officialHosts])
    for (const start of ['https://', 'http://', '//', '']) {
      for (const host of hosts) {
        const rarity = start === 'https://' ? 0 : 1
        yield { code: 'urlWithHost', change: { origin: start + host }, rarity }
      }
    }

    const forwarded = header('x-forwarded-prefix')
    if (forwarded) yield { code: 'prefixSigned', change: { origin: withoutEnd(forwarded) } }
    for (const prefix of usualPrefixes) {
      yield { code: 'prefixSigned', change: { origin: `/${prefix}` } }
    }
  },
}

const withAndWithoutPort = (host: string) => {
  const name = host.replace(/:\d+$/, '')
  return [host, name]
}

const withoutEnd = (prefix: string) => prefix.replace(/\/$/, '')
