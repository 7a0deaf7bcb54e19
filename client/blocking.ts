import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { type BlockingResult, type BlockingTask, errorOf } from './blocking-wire.ts'
import { unanswered } from './errors.ts'
import { type RawAnswer, timeBudget } from './exchange.ts'

type BlockingWorker = (task: BlockingTask) => BlockingResult

const workers = new Map<number, BlockingWorker>()

/** The worker's own limits end every call; this much later, it is stuck. It covers its start too. */
const lastResort = 15_000

/**
 * Sends from a worker thread and stops this one until the answer is there.
 * @throws {WechatpayError} as the exchange itself does.
 */
export const exchangeBlocking = (task: BlockingTask): RawAnswer => {
  const limit = timeBudget(task.options) + lastResort
  const result = ask(workerWith(limit), { task, limit })
  if (result.kind !== 'received') throw errorOf(result)

  return result.received
}

const ask = (
  worker: BlockingWorker,
  { task, limit }: { task: BlockingTask; limit: number },
): BlockingResult => {
  try {
    return worker(task)
  } catch (cause) {
    if (!(cause instanceof Error && cause.message.includes('timed-out'))) throw cause
    throw unanswered(
      'TIMEOUT',
      `The worker thread of blocking calls did not answer within ${limit} ms. Use post or get instead.`,
      { operation: task.outgoing.method, cause },
    )
  }
}

/** One worker for each time limit: synckit's own `createSyncFn` would keep the first one's. */
const workerWith = (timeout: number): BlockingWorker => {
  const known = workers.get(timeout)
  if (known !== undefined) return known

  // Loaded at the first blocking call only: it takes as long to load as all the rest.
  const synckit: typeof import('synckit') = createRequire(import.meta.url)('synckit')
  const path = fileURLToPath(new URL('./blocking-worker.js', import.meta.url))
  const worker = synckit.startWorkerThread<(task: BlockingTask) => Promise<BlockingResult>>(path, {
    timeout,
  })
  workers.set(timeout, worker)

  return worker
}
