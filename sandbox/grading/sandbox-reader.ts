import { z } from 'zod'
import { ServiceOrder } from '../../contracts/service-orders.ts'
import { RecordedNotification, RecordedRequest, type RecordedTraffic } from './recorded-traffic.ts'

const pageSize = 1000
/** It takes a while to find out why a signature does not fit. */
const mostDiagnosed = 50

const ExistingOrder = z.object({ order: ServiceOrder })
const EntrySummary = z.object({
  id: z.int(),
  mchid: z.string().optional(),
  status: z.int().optional(),
})

/** Looks at what a running sandbox knows of a merchant. @throws {Error} in one sentence */
export const createSandboxReader = async (sandbox: string, mchid: string) => {
  const request = async (path: string, method = 'GET'): Promise<unknown> => {
    const response = await fetch(new URL(`/_sandbox/${path}`, sandbox), { method }).catch(
      (cause) => {
        throw new Error(`${sandbox} does not answer. Start a sandbox, or check --sandbox.`, {
          cause,
        })
      },
    )
    const answer: unknown = await response.json().catch(() => undefined)
    if (response.ok) return answer
    throw unusable(path)
  }

  const unusable = (path: string) =>
    new Error(
      `${sandbox} has no usable answer to ${path}. Name a sandbox of this version by --sandbox, and its credentials folder by --dir.`,
    )

  const ask = async <T extends z.ZodType>(path: string, schema: T): Promise<z.infer<T>> => {
    const { success, data } = schema.safeParse(await request(path))
    if (success) return data
    throw unusable(path)
  }

  const pages = async <T extends z.ZodType>(path: string, schema: T): Promise<z.infer<T>[]> => {
    const rows: z.infer<T>[] = []
    for (let skip = 0; skip === rows.length; skip += pageSize) {
      const page = `${path}${path.includes('?') ? '&' : '?'}skip=${skip}&take=${pageSize}`
      rows.push(...(await ask(page, z.array(schema))))
    }
    return rows
  }

  const [last] = await ask('requests?take=1', z.array(EntrySummary))

  return {
    /** The orders whose callbacks go to this address, completed and not yet paid. */
    unpaidOrders: async (receiver: URL): Promise<ServiceOrder[]> => {
      const known = await pages(`service-orders?mchid=${mchid}`, ExistingOrder)
      return known
        .map(({ order }) => order)
        .filter(
          ({ collection, notify_url = '' }) =>
            collection?.state === 'USER_PAYING' && isSamePlace(receiver, notify_url),
        )
    },

    /** What the journal keeps. */
    traffic: async (): Promise<RecordedTraffic> => {
      const entries = await pages('requests?kind=request', EntrySummary)
      const unsigned = entries.filter(({ status }) => status === 401).slice(0, mostDiagnosed)
      const own = entries.filter((entry) => entry.mchid === mchid || unsigned.includes(entry))
      const requests: RecordedRequest[] = []
      for (const { id } of own.toReversed())
        requests.push(await ask(`requests/${id}`, RecordedRequest))
      const notifications = await pages(`notifications?mchid=${mchid}`, RecordedNotification)

      return { requests, notifications, lastEntryBefore: last?.id ?? 0, readAt: Date.now() }
    },

    /** The user pays, unless the order has ended by itself. */
    pay: async (out_order_no: string): Promise<void> => {
      const path = `service-orders/${encodeURIComponent(out_order_no)}/pay?mchid=${mchid}`
      await request(path, 'POST').catch(() => undefined)
    },
  }
}

const isSamePlace = (receiver: URL, url: string) =>
  URL.canParse(url) &&
  new URL(url).origin === receiver.origin &&
  new URL(url).pathname === receiver.pathname
