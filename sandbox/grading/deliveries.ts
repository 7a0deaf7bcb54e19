import { randomUUID } from 'node:crypto'
import type { ServiceOrder } from '../../contracts/service-orders.ts'
import { changed } from '../authority/flaws.ts'
import type { Delivery, PrepareDelivery, TestCallback } from './delivery.ts'

export type Orders = {
  /** Orders that the receiver should know, completed and not yet paid. */
  known: readonly ServiceOrder[]
  sample: (name: string) => ServiceOrder
}

/** What a receiver must refuse for its signature alone. */
const forgeries = [
  { how: 'signed by an unknown key under an unknown serial', flaw: 'unknown-serial' },
  { how: 'with one digit changed after signing', flaw: 'body-changed' },
  { how: 'with white space put in after signing', respaced: true },
  { how: 'without a signature', flaw: 'unsigned' },
] as const

const otherApiv3Key = '0'.repeat(32)
const copies = 8

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

  let first = await deliver(paid)
  // The very first may have met a receiver that was only waking up.
  if (first.outcome !== 'accepted') first = await deliver(paid)
  if (all.every(({ outcome, status }) => outcome === 'broken' && status === 0)) {
    throw new Error(
      `No callback was answered: ${first.got}. Start the receiver, or check --notify-url.`,
    )
  }
  const confirmation = first.outcome === 'refused' ? await deliver(confirmed) : undefined
  const genuine = confirmation ? await deliver(paid) : first

  const repeated = [await deliver(paid), await deliver(paid)]
  const reordered = [await deliver(confirmed), await deliver(paid), await deliver(confirmed)]

  const eightfold = { order: second, id: randomUUID(), how: `${copies} times at once` }
  const sends = await Promise.all(Array.from({ length: copies }, () => prepare(eightfold)))
  const concurrent = await Promise.all(sends.map((send) => send()))
  all.push(...concurrent)
  const single = await deliver({ ...eightfold, how: 'alone' })

  const wrong = { order, flaw: 'wrong-signature' } as const
  const wrongSignature = await deliver({ ...wrong, how: 'with a wrong signature' })
  const forged = [wrongSignature]
  for (const forgery of forgeries) forged.push(await deliver({ order, ...forgery }))
  const undecryptable = await deliver({
    ...wrong,
    apiv3Key: otherApiv3Key,
    how: 'with a wrong signature, sealed so that it does not open',
  })
  const probes = [
    await deliver({ order, flaw: 'probe', how: 'with a signature probe' }),
    await deliver({ order, flaw: 'broken-probe', how: 'with a signature probe that is no Base64' }),
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

/** Signed well, and wrong about an order that the receiver knows. */
const deliverUntrue = async (deliver: Deliver, order: ServiceOrder): Promise<UntrueDeliveries> => {
  const { total_amount = 0, out_order_no, sub_mchid } = order
  const lower = { ...order, total_amount: total_amount > 1 ? total_amount - 1 : 2 }
  const otherAmount = await deliver({ order: lower, how: `with ${lower.total_amount} fen` })
  if (sub_mchid === undefined) return { otherAmount }

  const ofOther = { ...order, sub_mchid: changed(sub_mchid) }
  const unknown = { ...ofOther, out_order_no: `X${out_order_no}`.slice(0, 32) }
  const how = `for the sub-merchant ${ofOther.sub_mchid}`

  return {
    otherAmount,
    otherSubMerchant: await deliver({ order: ofOther, how }),
    /** Tells whether the receiver cares at all what it is told of by this sub-merchant. */
    unknownOrder: await deliver({ order: unknown, how }),
  }
}
