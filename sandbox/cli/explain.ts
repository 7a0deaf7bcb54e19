import { open } from 'node:fs/promises'
import {
  type Diagnosis,
  diagnoseAnswer,
  diagnoseRequest,
} from '../../contracts/diagnosis/diagnose.ts'
import { diagnosisText } from '../../contracts/diagnosis/text.ts'
import { readCurl } from '../explaining/curl-command.ts'
import { readCurlVerbose } from '../explaining/curl-verbose.ts'
import { readHttp } from '../explaining/http-text.ts'
import { readJsonMessage } from '../explaining/json-message.ts'
import { type Keys, knownKeys } from '../explaining/known-keys.ts'
import type { Message } from '../explaining/message.ts'
import { asUtf8 } from '../explaining/utf8.ts'
import type { CommandLine, Io } from './command-line.ts'
import { fail, several } from './input.ts'

type Flags = { dir: string; key?: string[]; json?: true; strictTime?: true }

const explain = async (file: string | undefined, flags: Flags, io: Io): Promise<void> => {
  const message = readMessage(await readInput(file, io))
  const known = await knownKeys(flags, isSignedByMerchant(message) ? 'merchant' : 'platform')
  const time = flags.strictTime ? { now: Date.now() } : {}
  const found = bestOf(
    message.bodies.map((body) => diagnose({ ...message, body }, { ...known, ...time })),
  )
  const beside = [flags.strictTime ? [] : ageOf(message), known.keys.length === 0 ? noKeys : []]
  const diagnosis = { ...found, facts: [...found.facts, ...beside.flat()] }

  io.stdout.write(flags.json ? `${JSON.stringify(diagnosis)}\n` : diagnosisText(diagnosis))
  io.exitCode = diagnosis.verdict === 'unexplained' ? 1 : 0
}

const noKeys = 'No key of yours was at hand: name a certificate with --key, or a folder with --dir.'

const prompt = 'Paste what was sent, then press Ctrl-D.\n'

const largest = 4 * 1024 * 1024

/** The bytes of a file or of standard input. @throws {Error} when there are more than 4 MiB */
const readInput = async (file: string | undefined, io: Io): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let size = 0
  if (file === undefined && io.stdin.isTTY) io.stderr.write(prompt)
  const stream = file === undefined ? io.stdin : (await open(file)).createReadStream()
  for await (const chunk of stream) {
    chunks.push(chunk)
    size += chunk.length
    if (size > largest) throw new Error('The input is larger than 4 MiB.')
  }

  return Buffer.concat(chunks)
}

const readMessage = (input: Buffer): Message => {
  const bytes = asUtf8(input)
  const text = bytes.toString()
  const message =
    readJsonMessage(text) ?? readCurl(text) ?? readCurlVerbose(text) ?? readHttp(bytes)
  if (message) return message

  throw new Error(
    'This is no request and no signed answer. Taken are raw HTTP (first line, headers, blank line, body), a curl command, a HAR file or entry of one, and JSON {"method", "url", "headers", "body"}.',
  )
}

/** What has no method is an answer; what WeChat Pay posts has its signature headers. */
const isSignedByMerchant = ({ method, header }: Pick<Message, 'method' | 'header'>): boolean =>
  method !== undefined && (!header('wechatpay-signature') || header('authorization') !== undefined)

const diagnose = (
  { method, target, header, body }: Omit<Message, 'bodies'> & { body: Uint8Array },
  { keys, subMchids, ...time }: Keys & { now?: number },
): Diagnosis => {
  return method !== undefined && target !== undefined && isSignedByMerchant({ method, header })
    ? diagnoseRequest({ method, target, header, body }, { keys, subMchids, ...time })
    : diagnoseAnswer({ header, body }, { keys, ...time })
}

/** How old the signature is, which is no fault of what was pasted. */
const ageOf = ({ header }: Message): string[] => {
  const timestamp = header('wechatpay-timestamp') ?? header('authorization')
  const [, seconds] = /(?:^|timestamp=")(\d{10})\b/.exec(timestamp ?? '') ?? []
  return seconds === undefined
    ? []
    : [
        `It was signed at ${new Date(Number(seconds) * 1000).toISOString()}; --strict-time judges that.`,
      ]
}

const verdicts = ['sound', 'explained', 'unexplained'] as const

/** A paste leaves more than one way to read the body: the one that explains most is the true one. */
const bestOf = (diagnoses: readonly Diagnosis[]): Diagnosis => {
  for (const verdict of verdicts) {
    const found = diagnoses.find((diagnosis) => diagnosis.verdict === verdict)
    if (found) return found
  }
  throw new Error('A message has a body, if an empty one.')
}

export const addExplain = ({ program, io }: CommandLine): void => {
  program
    .command('explain')
    .description('tell why the signature of a request, an answer or a callback does not match')
    .argument('[file]', 'what was sent: raw HTTP, a curl command, HAR or JSON; standard input else')
    .option('--dir <folder>', 'the credentials folder to take keys from', '.wechatpay-sandbox')
    .option(
      '--key <pem>',
      'a certificate, public key or private key to try; may be repeated',
      several,
    )
    .option('--strict-time', 'judge the timestamp by now; what is pasted is old by nature')
    .option('--json', 'print one line of JSON')
    .action((file: string | undefined, flags: Flags) => explain(file, flags, io).catch(fail(io, 2)))
}
