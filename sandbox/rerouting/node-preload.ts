import { apiHosts } from '../../contracts/hosts.ts'

/** Names the port of the TLS front to the preload. */
export const preloadPort = 'WECHATPAY_SANDBOX_TLS_PORT'

/**
 * A CommonJS module for `--require`: for programs on versions of Node, and libraries, that do not
 * look at HTTPS_PROXY. It leads sockets to WeChat Pay's hosts astray, and touches nothing else.
 */
export const preloadText = (): string =>
  `(${redirect})(require('net'), ${JSON.stringify(apiHosts)}, Number(process.env.${preloadPort}))\n`

type Net = { Socket: { prototype: { connect: (...given: unknown[]) => unknown } } }

// Its text is what runs in the child, on whatever Node that is; so it may use nothing around it.
const redirect = (net: Net, hosts: readonly string[], port: number) => {
  const { connect } = net.Socket.prototype
  net.Socket.prototype.connect = function (...given) {
    // Node itself hands over one list of options and callback, libraries the options alone.
    const [first] = given
    const list = Array.isArray(first) ? first : given
    const [options] = list
    if (options && Number(options.port) === 443 && hosts.includes(options.host)) {
      list[0] = { ...options, host: '127.0.0.1', port }
    }
    return connect.apply(this, given)
  }
}
