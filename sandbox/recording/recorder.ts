import { once } from 'node:events'
import { version } from '../../client/version.ts'
import { isLoopback, placeOf } from '../../contracts/loopback.ts'
import type { Har } from '../../contracts/replay/har.ts'
import { fill, type Sentence, SentenceError } from '../../contracts/texts.ts'
import { isErrorWithCode } from '../cli/input.ts'
import { createRecording } from './create-recording.ts'
import { createHarFile } from './har-file.ts'
import { createPassThrough } from './pass-through.ts'
import { recordTexts } from './texts.ts'

type Options = {
  /** Whom to ask. */
  upstream: URL
  /** The HAR file, begun anew and whole after each exchange. */
  out: string
  port: number
  host: string
  /** Told in one line of each exchange, and of each that failed. */
  log: (line: Sentence) => void
  /** Told when the file can no longer be written. */
  onError: (error: unknown) => void
}

type Recorder = {
  url: string
  /** Ends the server; what was said until then is in the file. */
  close(): Promise<void>
}

/**
 * Listens, and records what passes through.
 * @throws {Error} with the code of the system where the port is not to be had, or naming the file
 */
export const startRecorder = async (options: Options): Promise<Recorder> => {
  const { upstream, out, port, host, log, onError } = options
  const toRecording = createRecording()
  let saved = Promise.resolve()

  const server = createPassThrough({
    upstream,
    onExchange: (exchange) => {
      const { method, target, status, milliseconds } = exchange
      const recording = toRecording(exchange)
      log(`${method} ${target} ${status} ${milliseconds}ms`)
      saved = saved.then(async () => naming(out, (await file).add(recording)))
      saved.catch(onError)
    },
    onFailure: log,
  })

  server.listen(port, host)
  await once(server, 'listening')
  const file = naming(out, createHarFile(out, harOf(upstream)))
  const close = async () => {
    server.close()
    server.closeAllConnections()
    await saved.finally(async () => (await file).close())
  }
  await file.catch((error) => {
    server.close()
    throw error
  })

  return { url: placeOf(server.address(), host).url, close }
}

const harOf = (upstream: URL): Har => ({
  log: {
    ...(isLoopback(upstream.hostname)
      ? { _provenance: 'sandbox', _source: 'wechatpay-sandbox' }
      : { _provenance: 'live', _source: upstream.host }),
    _recordedAt: new Date().toISOString().slice(0, 10),
    version: '1.2',
    creator: { name: 'wechatpay-sandbox', version },
    comment:
      'Recorded by wechatpay-sandbox record. _replaced names what stands for something else: the same value has the same stand-in throughout.',
    entries: [],
  },
})

/** Rejects with the name of the file, in both languages. */
const naming = <Result>(file: string, written: Promise<Result>): Promise<Result> =>
  written.catch((cause: unknown) => {
    const code = isErrorWithCode(cause) ? cause.code : String(cause)
    throw new SentenceError(fill(recordTexts.unwritable, { file, code }), { cause })
  })
