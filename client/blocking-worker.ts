import { runAsWorker } from 'synckit'
import { type BlockingResult, type BlockingTask, failureOf } from './blocking-messages.ts'
import { connectionOf } from './connection.ts'
import type { SendPrepared } from './exchange.ts'

/** One for each client, so that downloaded certificates outlive the call. */
const exchanges = new Map<string, SendPrepared>()

const exchangeFor = (options: BlockingTask['options']): SendPrepared => {
  const client = JSON.stringify(options)
  const exchange = exchanges.get(client) ?? connectionOf(options).exchange
  exchanges.set(client, exchange)

  return exchange
}

runAsWorker(async ({ options, request }: BlockingTask): Promise<BlockingResult> => {
  try {
    return { kind: 'answered', answer: await exchangeFor(options)(request) }
  } catch (error) {
    return failureOf(error)
  }
})
