import { startRecorder } from '../recording/recorder.ts'
import { type CommandLine, type Io, interruption } from './command-line.ts'
import { address, amount, fail } from './input.ts'
import { UsageError } from './usage-error.ts'

type Flags = { upstream: URL; out: string; port: number; host: string }

const record = async (flags: Flags, io: Io): Promise<void> => {
  let stop: (error: unknown) => void = () => {}
  const failed = new Promise<never>((_, reject) => {
    stop = reject
  })
  const { url, close } = await startRecorder({
    ...flags,
    log: (line) => io.stderr.write(`${line}\n`),
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
  throw new UsageError('The path is signed: expected an address without one.')
}

export const addRecord = ({ program, io }: CommandLine): void => {
  program
    .command('record')
    .description('stand between a client and WeChat Pay, and write down what both say, scrubbed')
    .requiredOption(
      '--upstream <url>',
      'whom to ask, such as https://api.mch.weixin.qq.com',
      upstreamAddress,
    )
    .requiredOption('--out <file>', 'HAR file to write, replaced after each exchange')
    .option('--port <number>', 'port to listen on, 0 for any free one', amount(65_535), 8131)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .action((flags: Flags) => record(flags, io).catch(fail(io)))
}
