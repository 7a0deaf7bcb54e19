import { readCredentials } from '../../client/credentials.ts'
import type { Sentence } from '../../contracts/texts.ts'
import { exampleIdentities } from '../authority/example-identities.ts'
import { answerLimit } from '../callbacks/post.ts'
import {
  createNotificationMaker,
  type MakeOptions,
  type NotificationMaker,
} from '../maker/notification-maker.ts'
import type { AcceptanceCheck } from './acceptance-checks.ts'
import { deliverCallbacks } from './deliveries.ts'
import { createPrepareDelivery } from './delivery.ts'
import type { Grade } from './report.ts'
import type { Observations } from './rule.ts'
import { sampleOrder } from './sample-order.ts'
import { createSandboxReader } from './sandbox-reader.ts'

export type GradeOptions = Pick<Observations, 'url' | 'keyMode' | 'queryWithin'> & {
  /** Makes the callbacks, with keys that the receiver trusts. */
  maker: NotificationMaker
  platform: NonNullable<MakeOptions['platform']>
  /** The address of the sandbox that the merchant calls. */
  sandbox: string | undefined
  /** What its control API wants where it is bound elsewhere than to loopback. */
  controlToken?: string | undefined
  /** How long the receiver may take to answer, in milliseconds. @default 5000 */
  limit?: number
  /** What is judged; everything is sent all the same. */
  checks: readonly AcceptanceCheck[]
  /** Told before each callback. */
  onSend: (sent: Sentence) => void
}

/** The maker whose keys lie in this credentials folder. @throws {Error} when it cannot be used */
export const makerFor = async (dir: string): Promise<NotificationMaker> => {
  const { mchid } = readCredentials(dir)
  return createNotificationMaker({ dir, identities: { ...exampleIdentities, mchid } })
}

/**
 * Sends the callbacks, reads the journal, and judges each check by what was observed.
 * @throws {SentenceError} when nobody answers or the sandbox cannot be used
 */
export const gradeMerchant = async (options: GradeOptions): Promise<Grade[]> => {
  const { url, maker, platform, limit = answerLimit, onSend, keyMode, queryWithin } = options
  const sandbox =
    options.sandbox === undefined
      ? undefined
      : await createSandboxReader(options.sandbox, {
          merchant: maker.credentials,
          receiver: url,
          controlToken: options.controlToken,
        })

  const begin = Date.now()
  const prepare = createPrepareDelivery({ maker, to: url, platform, limit, onSend })
  const deliveries = await deliverCallbacks(prepare, {
    known: (await sandbox?.unpaidOrders()) ?? [],
    sample: (name) => sampleOrder(maker.credentials, `GRADE${begin}${name}`),
  })
  const traffic = await sandbox?.traffic()
  // What the receiver was told becomes true, so that no grading tells of the same orders again.
  for (const { out_order_no } of deliveries.toldPaid) await sandbox?.pay(out_order_no)

  const observations = { url, deliveries, traffic, keyMode, queryWithin }
  return options.checks.map(({ rule, ...check }) => ({ ...check, ...rule(observations) }))
}
