import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Exchange } from '../http/app.ts'
import { createSandbox } from '../sandbox.ts'
import { amount, fail } from './input.ts'
import { snippet } from './snippet.ts'

type Flags = {
  port: number
  host: string
  dir: string
  seed: number
  json?: true
  quiet?: true
  strictTime?: true
  lenientSums?: true
  initialOrderState: 'DOING' | 'CREATED'
  cancelWhilePaying: 'allow' | 'deny'
}

const line = ({ method, target, status, situation, requestId, milliseconds }: Exchange) =>
  `${method} ${target} ${status}${situation ? ` ${situation}` : ''} ${milliseconds.toFixed(1)}ms ${requestId}\n`

const start = async (flags: Flags): Promise<void> => {
  const { port, host, json, quiet, ...options } = flags
  const sandbox = await createSandbox({
    ...options,
    onExchange: (exchange) => {
      if (!quiet) process.stderr.write(line(exchange))
    },
    onError: (error) => process.stderr.write(`${String(error)}\n`),
  })
  const { url } = await sandbox.listen({ port, host })
  const credentials = resolve(flags.dir)

  process.stdout.write(
    json
      ? `${JSON.stringify({ event: 'ready', url, credentials })}\n`
      : snippet({ url, credentials, mchid: sandbox.credentials.mchid }),
  )

  const stop = () => void sandbox.close().then(() => process.exit(0))
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}

export const addStart = (program: Command): void => {
  program
    .command('start', { isDefault: true })
    .description('run the sandbox until it is interrupted')
    .option('--port <number>', 'port to listen on, 0 for any free one', amount(65_535), 8129)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--dir <folder>', 'credentials folder, made at the first start', '.wechatpay-sandbox')
    .option('--seed <number>', 'the same seed gives the same numbers', amount(2 ** 32 - 1), 1)
    .option('--json', 'print one line of JSON when requests are served')
    .option('--quiet', 'do not log requests to standard error')
    .option('--strict-time', 'refuse service times in the past, as WeChat Pay documents')
    .option('--lenient-sums', 'let plans pass whose totals are not the sum of their details')
    .option('--initial-order-state <state>', 'what a plan order begins as: DOING, CREATED', 'DOING')
    .option('--cancel-while-paying <policy>', 'cancel a completed order: allow, deny', 'allow')
    .action((flags: Flags) => start(flags).catch(fail))
}
