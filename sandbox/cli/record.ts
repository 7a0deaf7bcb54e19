import { recordHelpTexts, recordTexts } from '../recording/texts.ts'
import { type CommandLine, interruption } from './command-line.ts'
import { address, amount, fail } from './input.ts'
import { UsageError } from './usage-error.ts'

type Flags = { upstream: URL; out: string; port: number; host: string }

const record = async (flags: Flags, { io, say }: CommandLine): Promise<void> => {
  let stop: (error: unknown) => void = () => {}
  const failed = new Promise<never>((_, reject) => {
    stop = reject
  })
  const { startRecorder } = await import('../recording/recorder.ts')
  const { url, close } = await startRecorder({
    ...flags,
    log: (line) => io.stderr.write(`${say(line)}\n`),
    onError: (error) => stop(error),
  })
  const { upstream, out } = flags
  const interrupted = interruption(io)
  io.stdout.write(`${JSON.stringify({ event: 'ready', url, upstream: upstream.origin, out })}\n`)

  await Promise.race([interrupted, failed])
  await close()
}

const upstreamAddress = (text: string): URL => {
  const { origin, pathname, search, hash, username } = new URL(address(text))
  if (pathname + search + hash + username === '/') return new URL(origin)
  throw new UsageError(recordTexts.pathIsSigned)
}

export const addRecord = (commandLine: CommandLine): void => {
  const { program, say } = commandLine
  const { description, upstream, out, port, host } = recordHelpTexts

  program
    .command('record')
    .description(say(description))
    .requiredOption('--upstream <url>', say(upstream), upstreamAddress)
    .requiredOption('--out <file>', say(out))
    .option('--port <number>', say(port), amount(65_535), 8131)
    .option('--host <address>', say(host), '127.0.0.1')
    .action((flags: Flags) => record(flags, commandLine).catch(fail(commandLine)))
}
