import { randomUUID } from 'node:crypto'
import type { ServiceOrder } from '../../contracts/service-orders.ts'
import { changed } from '../authority/flaws.ts'
import type { Callback, Delivery, Prepare } from './delivery.ts'

export type SampleOrders = {
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

const unopenable = '0'.repeat(32)
const copies = 8

/**
 * Sends a receiver all that the checks of callbacks ask for. What could bring a receiver down comes
 * last, so that it spoils nothing else.
 */
export const play = async (prepare: Prepare, { known, sample }: SampleOrders) => {
  const deliveries: Delivery[] = []
  const tell: Tell = async (callback) => {
    const send = await prepare(callback)
    const delivery = await send()
    deliveries.push(delivery)
    return delivery
  }

  const [order = sample('1'), second = sample('2')] = known
  const paid = { order, id: randomUUID() }
  const confirmed = { order, id: randomUUID(), event: 'PAYSCORE.USER_CONFIRM' } as const

  // Before the genuine one: afterwards a sound receiver may take them for repetitions of it.
  const wrongs: Wrongs = known.length > 0 ? await tellWrongs(tell, order) : {}

  let atFirst = await tell(paid)
  // The very first may have met a receiver that was only waking up.
  if (atFirst.outcome !== 'accepted') atFirst = await tell(paid)
  if (deliveries.every(({ outcome, status }) => outcome === 'broken' && status === 0)) {
    throw new Error(
      `No callback was answered: ${atFirst.got}. Start the receiver, or check --notify-url.`,
    )
  }
  const confirmation = atFirst.outcome === 'refused' ? await tell(confirmed) : undefined
  const genuine = confirmation ? await tell(paid) : atFirst

  const repeated = [await tell(paid), await tell(paid)]
  const shuffled = [await tell(confirmed), await tell(paid), await tell(confirmed)]

  const eightfold = { order: second, id: randomUUID(), how: `${copies} times at once` }
  const sends = await Promise.all(Array.from({ length: copies }, () => prepare(eightfold)))
  const together = await Promise.all(sends.map((send) => send()))
  deliveries.push(...together)
  const alone = await tell({ ...eightfold, how: 'alone' })

  const wrong = { order, flaw: 'wrong-signature' } as const
  const wrongSignature = await tell({ ...wrong, how: 'with a wrong signature' })
  const forged = [wrongSignature]
  for (const forgery of forgeries) forged.push(await tell({ order, ...forgery }))
  const undecryptable = await tell({
    ...wrong,
    apiv3Key: unopenable,
    how: 'with a wrong signature, sealed so that it does not open',
  })
  const probes = [
    await tell({ order, flaw: 'probe', how: 'with a signature probe' }),
    await tell({ order, flaw: 'broken-probe', how: 'with a signature probe that is no Base64' }),
  ]

  return {
    order,
    /** Those of which the receiver was told that they are paid. */
    told: known.slice(0, 2),
    deliveries,
    ...wrongs,
    atFirst,
    genuine,
    repeated,
    shuffled,
    together,
    alone,
    wrongSignature,
    forged,
    undecryptable,
    probes,
  }
}

export type PlayedCallbacks = Awaited<ReturnType<typeof play>>

type Tell = (callback: Callback) => Promise<Delivery>
type Wrongs = { otherAmount?: Delivery; foreign?: Delivery; stranger?: Delivery }

/** Signed well, and wrong about an order that the receiver knows. */
const tellWrongs = async (tell: Tell, order: ServiceOrder): Promise<Wrongs> => {
  const { total_amount = 0, out_order_no, sub_mchid } = order
  const lower = { ...order, total_amount: total_amount > 1 ? total_amount - 1 : 2 }
  const otherAmount = await tell({ order: lower, how: `with ${lower.total_amount} fen` })
  if (sub_mchid === undefined) return { otherAmount }

  const foreign = { ...order, sub_mchid: changed(sub_mchid) }
  const unknown = { ...foreign, out_order_no: `X${out_order_no}`.slice(0, 32) }
  const how = `for the sub-merchant ${foreign.sub_mchid}`

  return {
    otherAmount,
    foreign: await tell({ order: foreign, how }),
    /** Tells whether the receiver cares at all what it is told of by this sub-merchant. */
    stranger: await tell({ order: unknown, how }),
  }
}
