import { readCredentials } from '../../client/credentials.ts'
import { exampleIdentities } from '../authority/example-identities.ts'
import { createNotificationMaker, type MakeOptions } from '../maker/notification-maker.ts'
import type { Observations } from './check.ts'
import type { AcceptanceCheck } from './checks.ts'
import { createPrepare } from './delivery.ts'
import { sampleOrder } from './orders.ts'
import { play } from './play.ts'
import type { Grade } from './report.ts'
import { openSandbox } from './sandbox-reader.ts'

export type GradeOptions = Pick<Observations, 'url' | 'keyMode' | 'queryWithin'> & {
  /** The credentials folder that the receiver trusts. */
  dir: string
  platform: NonNullable<MakeOptions['platform']>
  /** The address of the sandbox that the merchant calls. */
  sandbox: string | undefined
  /** What is judged; everything is played all the same. */
  checks: readonly AcceptanceCheck[]
  /** Told before each callback. */
  onSend: (sent: string) => void
}

/**
 * Plays the callbacks, reads the journal, and judges each check by what was observed.
 * @throws {Error} in one sentence, when nobody answers or a folder or sandbox cannot be used
 */
export const gradeMerchant = async (options: GradeOptions): Promise<Grade[]> => {
  const { url, dir, platform, onSend, checks, keyMode, queryWithin } = options
  const { mchid } = readCredentials(dir)
  const maker = await createNotificationMaker({ dir, identities: { ...exampleIdentities, mchid } })
  const sandbox =
    options.sandbox === undefined ? undefined : await openSandbox(options.sandbox, mchid)

  const begin = Date.now()
  const played = await play(createPrepare({ maker, to: url, platform, onSend }), {
    known: (await sandbox?.unpaidOrders(url)) ?? [],
    sample: (name) => sampleOrder(maker.credentials, `GRADE${begin}${name}`),
  })
  const traffic = await sandbox?.traffic()
  // What the receiver was told becomes true, so that no grading tells of the same orders again.
  for (const { out_order_no } of played.told) await sandbox?.pay(out_order_no)

  const scene = { url, played, traffic, keyMode, queryWithin }
  return checks.map(({ judge, ...check }) => ({ ...check, ...judge(scene) }))
}
