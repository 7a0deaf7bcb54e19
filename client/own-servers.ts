import { Server } from 'node:net'
import { networkInterfaces } from 'node:os'
import { hostnameOf, isLoopback } from '../contracts/loopback.ts'

/**
 * The servers of this very thread, which cannot answer while it is blocked. Node documents no list of
 * them: `_getActiveHandles` knows all but those that were unreferenced, and may be gone one day.
 */
const ownServers = (): Server[] => {
  const activeHandles: unknown = Reflect.get(process, '_getActiveHandles')
  if (typeof activeHandles !== 'function') return []
  const handles: unknown = Reflect.apply(activeHandles, process, [])

  return Array.isArray(handles) ? handles.filter((handle) => handle instanceof Server) : []
}

const isOfThisMachine = (hostname: string): boolean =>
  isLoopback(hostname) ||
  Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some(({ address }) => hostnameOf(address) === hostname),
  )

/** Whether a server of this very thread listens at an address. */
export const isServedByThisThread = ({ protocol, hostname, port }: URL): boolean => {
  const asked = Number(port || (protocol === 'https:' ? 443 : 80))

  return ownServers().some((server) => {
    const bound = server.address()
    if (typeof bound !== 'object' || bound?.port !== asked) return false
    if (bound.address === '0.0.0.0' || bound.address === '::') return isOfThisMachine(hostname)

    const own = hostnameOf(bound.address)
    return hostname === own || (hostname === 'localhost' && isLoopback(own))
  })
}
