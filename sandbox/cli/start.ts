import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { fill } from '../../contracts/texts.ts'
import { type KeyMode, keyModes } from '../domain/merchants.ts'
import { type CommandLine, type Io, interruption } from './command-line.ts'
import { address, amount, controlTokenOf, fail, sentenceOf, several, share } from './input.ts'
import { createRequestLog } from './request-log.ts'
import { snippet } from './snippet.ts'
import { bannerTexts, logTexts, startHelpTexts, usageTexts } from './texts.ts'
import { UsageError } from './usage-error.ts'

type Flags = {
  lang?: string
  port: number
  host: string
  controlToken?: string
  dir: string
  seed: number
  json?: true
  quiet?: true
  controlLog: boolean
  world?: string
  state?: string
  stateSync?: true
  notifyAllow?: string[]
  notifyTo?: string
  platformKeys: KeyMode
  probeAnswers: number
  probeCallbacks: number
  explainHeader?: true
  strictTime?: true
  lenientSums?: true
  settlementDelay: number
  initialOrderState: 'DOING' | 'CREATED'
  cancelWhilePaying: 'allow' | 'deny'
  orderReentry: 'mismatch' | 'used'
  closeUnknown: 'accept' | 'refuse'
}

const start = async (
  { lang: _, ...flags }: Flags,
  { io, language, say }: CommandLine,
  isGiven: (flag: keyof Flags) => boolean,
): Promise<void> => {
  const { port, host, json, quiet, controlLog, world: file, state: dir, stateSync, ...rest } = flags
  const { probeAnswers, probeCallbacks, platformKeys, controlToken: _token, ...options } = rest
  if (stateSync && dir === undefined) throw new UsageError(usageTexts.stateSyncAlone)
  const given = controlTokenOf(flags, io)
  const world = file === undefined ? undefined : await (await worldFile()).readWorldFile(file)
  const state = dir === undefined ? undefined : { dir: resolve(dir), sync: stateSync ?? false }
  const { createSandbox } = await import('../sandbox.ts')
  const sandbox = await createSandbox({
    ...options,
    ...(world && { world }),
    ...(state && { state }),
    // What is not given is as the state folder remembers it.
    ...(isGiven('platformKeys') && { platformKeys }),
    probes: {
      ...(isGiven('probeAnswers') && { answers: probeAnswers }),
      ...(isGiven('probeCallbacks') && { callbacks: probeCallbacks }),
    },
    allowedHosts: [host],
    ...(given !== undefined && { controlToken: given }),
    onExchange: (exchange) => {
      if (!quiet && (controlLog || !exchange.target.startsWith('/_sandbox'))) log.tell(exchange)
    },
    onDelivery: (delivery) => {
      if (!quiet) log.tellDelivery(delivery)
    },
    onWaiting: (callbacks) => {
      if (!quiet) io.stderr.write(`${say(fill(logTexts.waiting, { callbacks }))}\n`)
    },
    onError: (error) => io.stderr.write(`${say(sentenceOf(error))}\n`),
  })
  const log = createRequestLog(sandbox.control.requests, { io, language, say })
  io.once('exit', log.flush)
  try {
    const { url, controlToken } = await sandbox.listen({ port, host })
    // One that was given is known already, and perhaps a secret of somebody else.
    const token = given === undefined ? controlToken : undefined
    const credentials = resolve(flags.dir)
    const { mchid } = sandbox.credentials
    const interrupted = interruption(io)
    io.stdout.write(
      json
        ? `${JSON.stringify({ event: 'ready', url, credentials, state: state?.dir, controlToken: token })}\n`
        : (token === undefined ? '' : say(fill(bannerTexts.token, { url, token }))) +
            say(
              fill(bannerTexts.ready, {
                url,
                credentials,
                mchid,
                state: state?.dir ?? bannerTexts.stateInMemory,
              }),
            ) +
            snippet({ url, credentials }),
    )

    await interrupted
    if (file === undefined) return
    endAtOnce(io, () => say(fill(bannerTexts.worldLost, { file })))
    // What is running is answered first, so that what was answered is in the file.
    await sandbox.close()
    const { keepWorld } = await worldFile()
    await keepWorld(file, await sandbox.control.worlds.json())
  } finally {
    await sandbox.close()
    log.flush()
  }
}

/** Loaded only where `--world` is given. */
const worldFile = () => import('./world-file.ts')

/** A second signal ends the program at once, and says what is lost. */
const endAtOnce = (io: Io, lost: () => string) => {
  const end = () => {
    io.stderr.write(`${lost()}\n`)
    io.exit?.(1)
  }
  io.once('SIGINT', end)
  io.once('SIGTERM', end)
}

export const addStart = (commandLine: CommandLine): void => {
  const { program, say } = commandLine
  const texts = startHelpTexts

  program
    .command('start')
    .description(say(texts.description))
    .option('--port <number>', say(texts.port), amount(65_535), 8129)
    .option('--host <address>', say(texts.host), '127.0.0.1')
    .option('--control-token <token>', say(texts.controlToken))
    .option('--dir <folder>', say(texts.dir), '.wechatpay-sandbox')
    .option('--seed <number>', say(texts.seed), amount(2 ** 32 - 1), 1)
    .option('--json', say(texts.json))
    .option('--quiet', say(texts.quiet))
    .option('--no-control-log', say(texts.controlLog))
    .option('--state <folder>', say(texts.state))
    .option('--state-sync', say(texts.stateSync))
    .option('--world <file>', say(texts.world))
    .option('--notify-allow <host>', say(texts.notifyAllow), several)
    .option('--notify-to <url>', say(texts.notifyTo), address)
    .addOption(
      new Option('--platform-keys <mode>', say(texts.platformKeys))
        .choices(keyModes)
        .default('switching'),
    )
    .option('--probe-answers <share>', say(texts.probeAnswers), share, 0)
    .option('--probe-callbacks <share>', say(texts.probeCallbacks), share, 0)
    .option('--settlement-delay <seconds>', say(texts.settlementDelay), amount(365 * 86_400), 0)
    .option('--explain-header', say(texts.explainHeader))
    .option('--strict-time', say(texts.strictTime))
    .option('--lenient-sums', say(texts.lenientSums))
    .addOption(
      new Option('--initial-order-state <state>', say(texts.initialOrderState))
        .choices(['DOING', 'CREATED'])
        .default('DOING'),
    )
    .addOption(
      new Option('--cancel-while-paying <policy>', say(texts.cancelWhilePaying))
        .choices(['allow', 'deny'])
        .default('allow'),
    )
    .addOption(
      new Option('--order-reentry <answer>', say(texts.orderReentry))
        .choices(['mismatch', 'used'])
        .default('mismatch'),
    )
    .addOption(
      new Option('--close-unknown <answer>', say(texts.closeUnknown))
        .choices(['accept', 'refuse'])
        .default('accept'),
    )
    .action((flags: Flags, command: Command) => {
      const isGiven = (flag: keyof Flags) => command.getOptionValueSource(flag) === 'cli'
      return start(flags, commandLine, isGiven).catch((error: unknown) =>
        fail(commandLine, error instanceof UsageError ? 2 : 1)(error),
      )
    })
}
