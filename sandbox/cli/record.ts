import { type Command, InvalidArgumentError } from 'commander'
import { startRecorder } from '../recording/recorder.ts'
import { address, amount, fail } from './input.ts'

type Flags = { upstream: URL; out: string; port: number; host: string }

const record = async (flags: Flags): Promise<void> => {
  const stop = (error?: unknown) => {
    if (error !== undefined) fail(error)
    process.exit()
  }
  const { url, close } = await startRecorder({
    ...flags,
    log: (line) => process.stderr.write(`${line}\n`),
    onError: stop,
  })
  const { upstream, out } = flags
  process.stdout.write(
    `${JSON.stringify({ event: 'ready', url, upstream: upstream.origin, out })}\n`,
  )

  const end = () => void close().then(() => stop(), stop)
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
}

const upstreamAddress = (text: string): URL => {
  const { origin, pathname, search, hash, username } = new URL(address(text))
  if (pathname + search + hash + username === '/') return new URL(origin)
  throw new InvalidArgumentError('The path is signed, so an address without one is wanted.')
}

export const addRecord = (program: Command): void => {
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
    .action((flags: Flags) => record(flags).catch(fail))
}
