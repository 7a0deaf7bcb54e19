import { isIPv4 } from 'node:net'

/** Where callbacks may go. */
export type HostPolicy = {
  /** Where a notice for this address is really sent. */
  route(url: string): { to: URL } | { withheld: string }
}

type Options = {
  /** Hosts beside this machine that may be called. */
  allow?: readonly string[]
  /** One receiver for everything, instead of each notice's own address. */
  to?: string
}

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' ||
  hostname === '[::1]' ||
  (isIPv4(hostname) && hostname.startsWith('127.'))

/** Only this machine, unless a host is allowed or everything goes to one receiver. */
export const createHostPolicy = ({ allow = [], to }: Options): HostPolicy => {
  const receiver = to === undefined ? undefined : new URL(to)

  return {
    route: (url) => {
      if (receiver) return { to: receiver }
      if (!URL.canParse(url)) return { withheld: 'not delivered: the address cannot be read' }
      const target = new URL(url)
      if (target.username || target.password) {
        return { withheld: 'not delivered: the address holds credentials' }
      }

      return isLoopback(target.hostname) || allow.includes(target.hostname)
        ? { to: target }
        : { withheld: 'not delivered: public host' }
    },
  }
}
