import { createRequire } from 'node:module'
import { type BlockingResult, type BlockingTask, errorOf } from './blocking-messages.ts'
import { ConfigurationError, noAnswer } from './errors.ts'
import { type RawAnswer, readExchangeOptions, timeBudget } from './exchange.ts'
import { ownFile } from './own-package.ts'
import { isServedByThisThread } from './own-servers.ts'

type BlockingWorker = (task: BlockingTask) => BlockingResult

/** By time limit. */
const workers = new Map<number, BlockingWorker>()

/**
 * The worker's own limits end every call; when this many milliseconds more have passed, the worker
 * is stuck. They cover its start too.
 */
const lastResort = 15_000

/**
 * Sends from a worker thread and stops this one until the answer is there.
 * @throws {ConfigurationError} BLOCKING_UNAVAILABLE when a server of this very thread should answer.
 * @throws {WechatpayError} as the exchange itself does.
 */
export const exchangeBlocking = (task: BlockingTask): RawAnswer => {
  const { baseUrl } = readExchangeOptions(task.options)
  if (isServedByThisThread(new URL(baseUrl))) {
    throw new ConfigurationError(
      'BLOCKING_UNAVAILABLE',
      `A blocking call stops this thread, and with it the server at ${baseUrl}, which could never answer. Use post or get, or run the server in another process.`,
    )
  }

  const limit = timeBudget(task.options) + lastResort
  const result = runTask(workerWith(limit), { task, limit })
  if (result.kind !== 'answered') throw errorOf(result)

  return result.answer
}

const runTask = (
  worker: BlockingWorker,
  { task, limit }: { task: BlockingTask; limit: number },
): BlockingResult => {
  try {
    return worker(task)
  } catch (cause) {
    if (!(cause instanceof Error && cause.message.includes('timed-out'))) throw cause
    throw noAnswer(
      'TIMEOUT',
      `The worker thread of blocking calls did not answer within ${limit} ms. Use post or get instead.`,
      { operation: task.request.method, cause },
    )
  }
}

/** One worker for each time limit: synckit's own `createSyncFn` would keep the first one's. */
const workerWith = (timeout: number): BlockingWorker => {
  const existing = workers.get(timeout)
  if (existing !== undefined) return existing

  // Loaded at the first blocking call only: it takes as long to load as all the rest.
  const synckit: typeof import('synckit') = createRequire(import.meta.url)('synckit')
  const worker = synckit.startWorkerThread<(task: BlockingTask) => Promise<BlockingResult>>(
    ownFile('dist/client/blocking-worker.js'),
    { timeout },
  )
  workers.set(timeout, worker)

  return worker
}
