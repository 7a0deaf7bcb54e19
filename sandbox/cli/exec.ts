import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { fill } from '../../contracts/texts.ts'
import { type CommandLine, type Io, interruption } from './command-line.ts'
import { address, amount, fail, sentenceOf } from './input.ts'
import { createRequestLog } from './request-log.ts'
import { execTexts } from './texts.ts'
import { UsageError } from './usage-error.ts'

type Flags = {
  url?: string
  dir: string
  proxyPort: number
  offline?: true
  printEnv?: true
  quiet?: true
}

const exec = async (words: readonly string[], flags: Flags, commandLine: CommandLine) => {
  const { io, say } = commandLine
  const { dir, proxyPort, offline = false, printEnv, quiet } = flags
  const tell = (text: string) => {
    if (!quiet) io.stderr.write(`${text}\n`)
  }

  const sandbox = flags.url === undefined ? await startSandbox(flags, commandLine) : undefined
  const url = sandbox?.url ?? flags.url ?? ''
  const { reroute } = await import('../rerouting/reroute.ts')
  const rerouting = await reroute({
    credentials: dir,
    url,
    port: proxyPort,
    offline,
    given: io.env,
    onRefused: (host) => tell(say(fill(execTexts.refused, { host }))),
    onDistrusted: () => tell(say(fill(execTexts.distrusted, { dir }))),
  }).catch(async (error) => {
    await sandbox?.close()
    throw error
  })
  try {
    const { environment } = rerouting
    tell(say(fill(execTexts.ready, { url })))
    if (printEnv) {
      const lines = Object.entries(environment).map(([name, value]) => `${name}=${value}\n`)
      io.stdout.write(lines.join(''))
      await interruption(io)
    } else io.exitCode = await run(words, { environment, commandLine })
  } finally {
    rerouting.close()
    await sandbox?.close()
  }
}

const startSandbox = async ({ dir, quiet }: Flags, { io, language, say }: CommandLine) => {
  const { createSandbox } = await import('../sandbox.ts')
  const sandbox = await createSandbox({
    dir,
    onExchange: (exchange) => {
      if (!quiet) log.tell(exchange)
    },
    onDelivery: (delivery) => {
      if (!quiet) log.tellDelivery(delivery)
    },
    onError: (error) => io.stderr.write(`${say(sentenceOf(error))}\n`),
  })
  const log = createRequestLog(sandbox.control.requests, { io, language, say })
  const { url } = await sandbox.listen()
  return { url, close: sandbox.close }
}

type Child = { environment: Record<string, string>; commandLine: Pick<CommandLine, 'io' | 'say'> }

/** Runs a program in our place: its input, output, signals and status are ours. */
const run = ([command = '', ...words]: readonly string[], { environment, commandLine }: Child) =>
  new Promise<number>((resolve) => {
    const { io, say } = commandLine
    const child = spawn(command, words, {
      stdio: 'inherit',
      env: { ...io.env, ...environment },
    })
    for (const signal of forwarded(io)) io.on(signal, () => child.kill(signal))

    child.once('error', (error) => {
      const missing = 'code' in error && error.code === 'ENOENT'
      const text = missing ? execTexts.notFound : execTexts.notRun
      io.stderr.write(`${say(fill(text, { command, reason: error.message }))}\n`)
      resolve(missing ? 127 : 126)
    })
    child.once('exit', (code, signal) => {
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))
    })
  })

/** What the terminal's Ctrl-C reaches, it reaches without us. */
const forwarded = ({ stdin }: Io) =>
  stdin.isTTY ? (['SIGTERM', 'SIGHUP'] as const) : (['SIGINT', 'SIGTERM', 'SIGHUP'] as const)

export const addExec = (commandLine: CommandLine): void => {
  const { program, say } = commandLine
  const texts = execTexts

  program
    .enablePositionalOptions()
    .command('exec')
    .description(say(texts.description))
    .argument('[command...]', say(texts.command))
    .option('--url <url>', say(texts.url), address)
    .option('--dir <folder>', say(texts.dir), '.wechatpay-sandbox')
    .option('--proxy-port <number>', say(texts.proxyPort), amount(65_535), 0)
    .option('--offline', say(texts.offline))
    .option('--print-env', say(texts.printEnv))
    .option('--quiet', say(texts.quiet))
    .passThroughOptions()
    .action((words: string[], flags: Flags) => {
      if (words.length > 0 === Boolean(flags.printEnv)) throw new UsageError(texts.oneOf)
      return exec(words, flags, commandLine).catch(fail(commandLine))
    })
}
