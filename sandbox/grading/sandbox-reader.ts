import { z } from 'zod'
import type { Identities } from '../../contracts/credentials.ts'
import { ServiceOrder } from '../../contracts/service-orders.ts'
import { fill, SentenceError } from '../../contracts/texts.ts'
import { bearerOf, wantsToken } from '../verifying/control-token.ts'
import { RecordedNotification, RecordedRequest, type RecordedTraffic } from './recorded-traffic.ts'
import { ungradableTexts } from './texts/report.ts'

const pageSize = 1000
/** It takes a while to find out why a signature does not fit. */
const mostDiagnosed = 50

const ExistingOrder = z.object({ order: ServiceOrder })
const EntrySummary = z.object({
  id: z.int(),
  mchid: z.string().optional(),
  status: z.int().optional(),
})
type EntrySummary = z.infer<typeof EntrySummary>

/** Whose sandbox is read: the merchant, and the receiver of its callbacks. */
type Reading = {
  merchant: Pick<Identities, 'mchid' | 'subMchid'>
  receiver: URL
  controlToken: string | undefined
}

/** Looks at what a running sandbox knows of a merchant. @throws {SentenceError} */
export const createSandboxReader = async (
  sandbox: string,
  { merchant, receiver, controlToken }: Reading,
) => {
  const { mchid, subMchid } = merchant

  const headers = bearerOf(controlToken)
  const request = async (path: string, method = 'GET'): Promise<unknown> => {
    const address = new URL(`/_sandbox/${path}`, sandbox)
    const response = await fetch(address, { method, headers }).catch((cause) => {
      throw new SentenceError(fill(ungradableTexts.sandboxSilent, { sandbox }), { cause })
    })
    if (wantsToken(response)) {
      throw new SentenceError(fill(ungradableTexts.tokenWanted, { sandbox }))
    }
    const answer: unknown = await response.json().catch(() => undefined)
    if (response.ok) return answer
    throw unusable(path)
  }

  const unusable = (path: string) =>
    new SentenceError(fill(ungradableTexts.sandboxUnusable, { sandbox, path }))

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

  const details = async (entries: readonly EntrySummary[]): Promise<RecordedRequest[]> => {
    const requests: RecordedRequest[] = []
    for (const { id } of entries) requests.push(await ask(`requests/${id}`, RecordedRequest))
    return requests
  }

  const [last] = await ask('requests?take=1', z.array(EntrySummary))

  return {
    /** The orders whose callbacks go to the receiver, completed and not yet paid. */
    unpaidOrders: async (): Promise<ServiceOrder[]> => {
      const existing = await pages(`service-orders?mchid=${mchid}`, ExistingOrder)
      return existing
        .map(({ order }) => order)
        .filter(
          ({ collection, notify_url = '' }) =>
            collection?.state === 'USER_PAYING' && isSamePlace(receiver, notify_url),
        )
    },

    /** What the journal keeps. */
    traffic: async (): Promise<RecordedTraffic> => {
      const entries = (await pages('requests?kind=request', EntrySummary)).toReversed()
      const unsigned = entries.filter(({ status }) => status === 401).slice(-mostDiagnosed)
      const mine = entries.filter((entry) => entry.mchid === mchid || unsigned.includes(entry))
      const seen = await details(mine)
      // Whose name is not told may be anybody.
      const requests = seen.filter(({ signer = mchid }) => signer === mchid)

      const subMerchants = new Set([subMchid, ...requests.map(({ sub_mchid }) => sub_mchid)])
      const isOfSubMerchant = (signer: string | undefined) =>
        signer !== undefined && signer !== mchid && subMerchants.has(signer)
      const signed = await details(entries.filter((entry) => isOfSubMerchant(entry.mchid)))
      const unfit = seen.filter(({ signer }) => isOfSubMerchant(signer))
      const others = entries.flatMap((entry) => (entry.mchid === undefined ? [] : [entry.mchid]))
      const notifications = await pages(`notifications?mchid=${mchid}`, RecordedNotification)

      return {
        mchid,
        requests,
        ofSubMerchants: [...unfit, ...signed].toSorted((one, other) => one.id - other.id),
        others: [...new Set(others)].filter((signer) => signer !== mchid),
        notifications,
        toReceiver: notifications.filter(({ url }) => isSamePlace(receiver, url)),
        lastEntryBefore: last?.id ?? 0,
        readAt: Date.now(),
      }
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
