import { Server } from 'node:net'
import { networkInterfaces } from 'node:os'

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
  hostname === 'localhost' ||
  Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some(({ address }) => address === hostname),
  )

const everyAddress = ['0.0.0.0', '::']
const loopback = ['127.0.0.1', '::1']

/** Whether a server of this very thread listens at an address. */
export const isServedByThisThread = (url: URL): boolean => {
  const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))

  return ownServers().some((server) => {
    const bound = server.address()
    if (typeof bound !== 'object' || bound?.port !== port) return false
    if (everyAddress.includes(bound.address)) return isOfThisMachine(hostname)

    return (
      hostname === bound.address || (hostname === 'localhost' && loopback.includes(bound.address))
    )
  })
}
