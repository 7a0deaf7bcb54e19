import { randomUUID } from 'node:crypto'
import type { ServiceOrder } from '../../contracts/service-orders.ts'
import { fill, SentenceError } from '../../contracts/texts.ts'
import { changed } from '../authority/flaws.ts'
import { copies, type Delivery, type PrepareDelivery, type TestCallback } from './delivery.ts'
import { ungradableTexts } from './texts/report.ts'

export type Orders = {
  /** Orders that the receiver should know, completed and not yet paid. */
  known: readonly ServiceOrder[]
  sample: (name: string) => ServiceOrder
}

/** What a receiver must refuse for its signature alone. */
const forgeries = [
  { code: 'unknownSerial', flaw: 'unknown-serial' },
  { code: 'bodyChanged', flaw: 'body-changed' },
  { code: 'respaced', respaced: true },
  { code: 'unsigned', flaw: 'unsigned' },
] as const

const otherApiv3Key = '0'.repeat(32)

/**
 * Sends a receiver all that the checks of callbacks ask for. What could bring a receiver down comes
 * last, so that it spoils nothing else.
 */
export const deliverCallbacks = async (prepare: PrepareDelivery, { known, sample }: Orders) => {
  const all: Delivery[] = []
  const deliver: Deliver = async (callback) => {
    const send = await prepare(callback)
    const delivery = await send()
    all.push(delivery)
    return delivery
  }

  const [order = sample('1'), second = sample('2')] = known
  const paid = { order, id: randomUUID() }
  const confirmed = { order, id: randomUUID(), event: 'PAYSCORE.USER_CONFIRM' } as const

  // Before the genuine one: afterwards a sound receiver may take them for repetitions of it.
  const untrue: UntrueDeliveries = known.length > 0 ? await deliverUntrue(deliver, order) : {}

  const first = await deliverAwake(deliver, paid)
  if (all.every(({ outcome, status }) => outcome === 'broken' && status === 0)) {
    throw new SentenceError(fill(ungradableTexts.receiverSilent, { error: first.got }))
  }
  const confirmation = first.outcome === 'refused' ? await deliver(confirmed) : undefined
  const genuine = confirmation ? await deliver(paid) : first

  const repeated = [await deliver(paid), await deliver(paid)]
  const reordered = [await deliver(confirmed), await deliver(paid), await deliver(confirmed)]

  const concurrently = { order: second, id: randomUUID(), code: 'concurrent' } as const
  const sends = await Promise.all(Array.from({ length: copies }, () => prepare(concurrently)))
  const concurrent = await Promise.all(sends.map((send) => send()))
  all.push(...concurrent)
  const single = await deliver({ ...concurrently, code: 'single' })

  const wrong = { order, flaw: 'wrong-signature' } as const
  const wrongSignature = await deliver({ ...wrong, code: 'wrongSignature' })
  const forged = [wrongSignature]
  for (const forgery of forgeries) forged.push(await deliver({ order, ...forgery }))
  const oldTimestamp = await deliver({ order, code: 'oldTimestamp', flaw: 'old-timestamp' })
  forged.push(oldTimestamp)
  const undecryptable = await deliver({
    ...wrong,
    apiv3Key: otherApiv3Key,
    code: 'undecryptable',
  })
  const probes = [
    await deliver({ order, flaw: 'probe', code: 'probe' }),
    await deliver({ order, flaw: 'broken-probe', code: 'brokenProbe' }),
  ]

  return {
    order,
    /** Those of which the receiver was told that they are paid. */
    toldPaid: known.slice(0, 2),
    all,
    ...untrue,
    first,
    genuine,
    repeated,
    reordered,
    concurrent,
    single,
    wrongSignature,
    /** Signed well, but so long ago that anybody may have kept it. */
    oldTimestamp,
    forged,
    undecryptable,
    probes,
  }
}

export type Deliveries = Awaited<ReturnType<typeof deliverCallbacks>>

type Deliver = (callback: TestCallback) => Promise<Delivery>
type UntrueDeliveries = {
  otherAmount?: Delivery
  otherSubMerchant?: Delivery
  unknownOrder?: Delivery
}

/** Once more if it was not accepted: the receiver may only have been waking up. */
const deliverAwake = async (deliver: Deliver, callback: TestCallback): Promise<Delivery> => {
  const delivery = await deliver(callback)
  return delivery.outcome === 'accepted' ? delivery : deliver(callback)
}

/** Signed well, and wrong about an order that the receiver knows. */
const deliverUntrue = async (deliver: Deliver, order: ServiceOrder): Promise<UntrueDeliveries> => {
  const { total_amount = 0, out_order_no, sub_mchid } = order
  const lower = { ...order, total_amount: total_amount > 1 ? total_amount - 1 : 2 }
  const code = 'otherSubMerchant'
  const otherAmount = await deliverAwake(deliver, { order: lower, code: 'otherAmount' })
  if (sub_mchid === undefined) return { otherAmount }

  const ofOther = { ...order, sub_mchid: changed(sub_mchid) }
  const unknown = { ...ofOther, out_order_no: `X${out_order_no}`.slice(0, 32) }
  return {
    otherAmount,
    otherSubMerchant: await deliver({ order: ofOther, code }),
    /** Tells whether the receiver cares at all what it is told of by this sub-merchant. */
    unknownOrder: await deliver({ order: unknown, code }),
  }
}
