import type { ServiceOrder } from '../../contracts/service-orders.ts'
import { fill, type Sentence } from '../../contracts/texts.ts'
import { staleAge } from '../authority/flaws.ts'
import { postTimed, type TimedPost } from '../callbacks/post.ts'
import { isAcceptance } from '../domain/notifications.ts'
import { callbackTexts } from '../domain/texts.ts'
import type {
  MakeOptions,
  NotificationMaker,
  TestNotification,
} from '../maker/notification-maker.ts'
import { type CheckEvidence, printable } from './evidence.ts'
import { callbackResources } from './sample-order.ts'
import { deliveryTexts } from './texts/report.ts'

/** A callback and what became of it. */
export type Delivery = CheckEvidence & {
  /** 200 or 204; 4xx or 5xx; nothing in time; a connection that broke, or any other answer. */
  outcome: 'accepted' | 'refused' | 'late' | 'broken'
  /** 0 without an answer. */
  status: number
  answer: string
  milliseconds: number
}

export type TestCallback = Omit<MakeOptions, 'platform' | 'exact'> & {
  order: ServiceOrder
  /** @default 'PAYSCORE.USER_PAID' */
  event?: 'PAYSCORE.USER_PAID' | 'PAYSCORE.USER_CONFIRM'
  /** What is special about it. @default 'genuine' */
  code?: Exclude<keyof typeof deliveryTexts, 'lost'>
  /** White space comes in after signing; parsed, the body stays the same. */
  respaced?: true
}

/** How many copies of a callback come at once. */
export const copies = 8

/** Signs a callback; what it resolves with posts it. */
export type PrepareDelivery = (callback: TestCallback) => Promise<() => Promise<Delivery>>

type Parts = {
  maker: NotificationMaker
  to: URL
  platform: NonNullable<MakeOptions['platform']>
  /** How long the receiver may take, in milliseconds. */
  limit: number
  onSend: (sent: Sentence) => void
  /** Measures how long the receiver takes, in milliseconds. @default performance.now */
  stopwatch?: () => number
}

export const createPrepareDelivery = ({
  maker,
  to,
  platform,
  limit,
  onSend,
  stopwatch = () => performance.now(),
}: Parts): PrepareDelivery => {
  const paidAt = Date.now()

  return async (callback) => {
    const { order, event = 'PAYSCORE.USER_PAID', code = 'genuine', respaced, ...options } = callback
    const resource = callbackResources(order, paidAt)[event]
    const made = await maker.make(event, resource, { ...options, platform, exact: true })
    const { headers, body } = respaced ? withSpace(made) : made
    const sent = fill(deliveryTexts[code], {
      event: event.replace('PAYSCORE.', ''),
      order: order.out_order_no,
      amount: order.total_amount ?? 0,
      subMerchant: order.sub_mchid ?? '',
      age: staleAge,
      copies,
    })

    return async () => {
      onSend(sent)
      const begin = stopwatch()
      const posted = await postTimed({ to, headers, body, limit })
      const milliseconds = Math.round(stopwatch() - begin)
      return { sent, code, milliseconds, ...outcomeOf(posted, limit) }
    }
  }
}

const withSpace = ({ headers, body, ...made }: TestNotification): TestNotification => {
  const spaced = body.replace('{', '{ ')
  const length = { 'Content-Length': String(Buffer.byteLength(spaced)) }
  return { ...made, headers: { ...headers, ...length }, body: spaced }
}

const outcomeOf = (posted: TimedPost, limit: number) => {
  if ('error' in posted) {
    const outcome: Delivery['outcome'] = posted.isLate ? 'late' : 'broken'
    const got = posted.isLate ? fill(callbackTexts.late, { limit }) : posted.error
    return { outcome, got, status: 0, answer: '' }
  }

  const { status, answer } = posted
  const other = status >= 400 ? 'refused' : 'broken'
  const outcome: Delivery['outcome'] = isAcceptance(posted) ? 'accepted' : other
  return { outcome, got: `${status} ${printable(answer)}`.trim(), status, answer }
}
