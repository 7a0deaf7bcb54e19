import { resolve } from 'node:path'
import { Option } from 'commander'
import { type KeyMode, keyModes } from '../domain/merchants.ts'
import { createSandbox } from '../sandbox.ts'
import { type CommandLine, type Io, interruption } from './command-line.ts'
import { address, amount, fail, several, share } from './input.ts'
import { createRequestLog } from './request-log.ts'
import { snippet } from './snippet.ts'
import { keepWorld, readWorldFile } from './world-file.ts'

type Flags = {
  lang?: string
  port: number
  host: string
  dir: string
  seed: number
  json?: true
  quiet?: true
  world?: string
  notifyAllow?: string[]
  notifyTo?: string
  platformKeys: KeyMode
  probeAnswers: number
  probeCallbacks: number
  explainHeader?: true
  strictTime?: true
  lenientSums?: true
  initialOrderState: 'DOING' | 'CREATED'
  cancelWhilePaying: 'allow' | 'deny'
}

const start = async ({ lang: _, ...flags }: Flags, io: Io): Promise<void> => {
  const { port, host, json, quiet, world: file, probeAnswers, probeCallbacks, ...options } = flags
  const world = file === undefined ? undefined : await readWorldFile(file)
  const sandbox = await createSandbox({
    ...options,
    ...(world && { world }),
    probes: { answers: probeAnswers, callbacks: probeCallbacks },
    allowedHosts: [host],
    onExchange: (exchange) => {
      if (!quiet) log.tell(exchange)
    },
    onError: (error) => io.stderr.write(`${String(error)}\n`),
  })
  const log = createRequestLog(sandbox.control.requests, io)
  try {
    const { url } = await sandbox.listen({ port, host })
    const credentials = resolve(flags.dir)
    const interrupted = interruption(io)
    io.stdout.write(
      json
        ? `${JSON.stringify({ event: 'ready', url, credentials })}\n`
        : snippet({ url, credentials, mchid: sandbox.credentials.mchid }),
    )

    await interrupted
    if (file !== undefined) await keepWorld(file, await sandbox.control.worlds.export())
  } finally {
    await sandbox.close()
  }
}

export const addStart = ({ program, io, say }: CommandLine): void => {
  program
    .command('start')
    .description('run the sandbox until it is interrupted')
    .option('--port <number>', 'port to listen on, 0 for any free one', amount(65_535), 8129)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--dir <folder>', 'credentials folder, made at the first start', '.wechatpay-sandbox')
    .option('--seed <number>', 'the same seed gives the same numbers', amount(2 ** 32 - 1), 1)
    .option('--json', 'print one line of JSON when requests are served')
    .option('--quiet', 'do not log requests to standard error')
    .option('--world <file>', 'take up the world in this file, and keep it there at the end')
    .option('--notify-allow <host>', 'a host that callbacks may go to; may be repeated', several)
    .option('--notify-to <url>', 'one receiver for all callbacks', address)
    .addOption(
      new Option('--platform-keys <mode>', 'which key signs; switching: whichever is asked for')
        .choices(keyModes)
        .default('switching'),
    )
    .option('--probe-answers <share>', 'share of answers with a signature that fails', share, 0)
    .option('--probe-callbacks <share>', 'share of callbacks with one', share, 0)
    .option('--explain-header', 'say in X-Sandbox-Diagnosis why a signature does not fit')
    .option('--strict-time', 'refuse service times in the past, as WeChat Pay documents')
    .option('--lenient-sums', 'let plans pass whose totals are not the sum of their details')
    .addOption(
      new Option('--initial-order-state <state>', 'what a plan order begins as')
        .choices(['DOING', 'CREATED'])
        .default('DOING'),
    )
    .addOption(
      new Option('--cancel-while-paying <policy>', 'whether a completed order may be cancelled')
        .choices(['allow', 'deny'])
        .default('allow'),
    )
    .action((flags: Flags) => start(flags, io).catch(fail({ io, say })))
}
