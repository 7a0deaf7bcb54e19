import { isLoopback } from '../../contracts/loopback.ts'
import { callbackTexts } from '../domain/texts.ts'

/** Where callbacks may go. */
export type HostPolicy = {
  /** Where a notification for this address is really sent. */
  route(url: string): { to: URL } | { withheld: string }
}

type Options = {
  /** Hosts beside this machine that may be called. */
  allow?: readonly string[]
  /** One receiver for everything, instead of each notice's own address. */
  to?: string
}

const isWeb = ({ protocol }: URL): boolean => protocol === 'http:' || protocol === 'https:'

/** Whoever may order anything could act as WeChat Pay otherwise. */
const isControl = ({ pathname }: URL): boolean =>
  pathname === '/_sandbox' || pathname.startsWith('/_sandbox/')

const receiverOf = (to: string): URL => {
  const receiver = URL.canParse(to) ? new URL(to) : undefined
  if (receiver && isWeb(receiver)) return receiver
  throw new Error('notifyTo is no address such as http://127.0.0.1:8130/notify.')
}

/** Only this machine, unless a host is allowed or everything goes to one receiver. */
export const createHostPolicy = ({ allow = [], to }: Options): HostPolicy => {
  const receiver = to === undefined ? undefined : receiverOf(to)
  const allowed = allow.map((host) => host.toLowerCase())

  return {
    route: (url) => {
      if (receiver) {
        return isControl(receiver)
          ? { withheld: callbackTexts.addressOfSandbox.en }
          : { to: receiver }
      }
      if (!URL.canParse(url)) return { withheld: callbackTexts.addressUnreadable.en }
      const target = new URL(url)
      if (!isWeb(target)) return { withheld: callbackTexts.addressNotWeb.en }
      if (isControl(target)) return { withheld: callbackTexts.addressOfSandbox.en }
      if (target.username || target.password) {
        return { withheld: callbackTexts.addressWithCredentials.en }
      }

      return isLoopback(target.hostname) || allowed.includes(target.hostname)
        ? { to: target }
        : { withheld: callbackTexts.publicHost.en }
    },
  }
}
