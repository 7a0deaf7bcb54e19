import { runAsWorker } from 'synckit'
import { type BlockingResult, type BlockingTask, failureOf } from './blocking-wire.ts'
import { exchangeOf } from './exchange.ts'

runAsWorker(async ({ options, outgoing }: BlockingTask): Promise<BlockingResult> => {
  try {
    return { kind: 'received', received: await exchangeOf(options)(outgoing) }
  } catch (error) {
    return failureOf(error)
  }
})
