import type { ServiceOrder } from '../../contracts/service-orders.ts'
import { postTimed, type TimedPost } from '../callbacks/post.ts'
import { isAcceptance } from '../domain/notifications.ts'
import type {
  MakeOptions,
  NotificationMaker,
  TestNotification,
} from '../maker/notification-maker.ts'
import type { CheckEvidence } from './evidence.ts'
import { callbackResources } from './sample-order.ts'

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
  /** What is special about it, in words. */
  how?: string
  /** White space comes in after signing; parsed, the body stays the same. */
  respaced?: true
}

/** Signs a callback; what it resolves with posts it. */
export type PrepareDelivery = (callback: TestCallback) => Promise<() => Promise<Delivery>>

type Parts = {
  maker: NotificationMaker
  to: URL
  platform: NonNullable<MakeOptions['platform']>
  /** How long the receiver may take, in milliseconds. */
  limit: number
  onSend: (sent: string) => void
}

export const createPrepareDelivery = ({
  maker,
  to,
  platform,
  limit,
  onSend,
}: Parts): PrepareDelivery => {
  const paidAt = Date.now()

  return async ({ order, event = 'PAYSCORE.USER_PAID', how = '', respaced, ...options }) => {
    const resource = callbackResources(order, paidAt)[event]
    const made = await maker.make(event, resource, { ...options, platform, exact: true })
    const { headers, body } = respaced ? withSpace(made) : made
    const sent = `${event.replace('PAYSCORE.', '')} of ${order.out_order_no} ${how}`.trim()

    return async () => {
      onSend(sent)
      const begin = performance.now()
      const posted = await postTimed({ to, headers, body, limit })
      const milliseconds = Math.round(performance.now() - begin)
      return { sent, milliseconds, ...outcomeOf(posted) }
    }
  }
}

const withSpace = ({ headers, body, ...made }: TestNotification): TestNotification => {
  const spaced = body.replace('{', '{ ')
  const length = { 'Content-Length': String(Buffer.byteLength(spaced)) }
  return { ...made, headers: { ...headers, ...length }, body: spaced }
}

const outcomeOf = (posted: TimedPost) => {
  if ('error' in posted) {
    const outcome: Delivery['outcome'] = posted.isLate ? 'late' : 'broken'
    return { outcome, got: posted.error, status: 0, answer: '' }
  }

  const { status, answer } = posted
  const other = status >= 400 ? 'refused' : 'broken'
  const outcome: Delivery['outcome'] = isAcceptance(posted) ? 'accepted' : other
  return { outcome, got: `${status} ${printable(answer)}`.trim(), status, answer }
}

/** A receiver may answer anything, and reports go to terminals and into XML. */
const printable = (answer: string): string => answer.slice(0, 160).replaceAll(/[\p{C}\s]+/gu, ' ')
