import { open } from 'node:fs/promises'
import { examineAnswer, examineRequest } from '../../contracts/diagnosis/diagnose.ts'
import { diagnosisIn, diagnosisText, type Findings } from '../../contracts/diagnosis/diagnosis.ts'
import { jsonOf } from '../../contracts/json.ts'
import { NotificationEnvelope } from '../../contracts/notifications.ts'
import { fill, type Sentence } from '../../contracts/texts.ts'
import { type Keys, knownKeys } from '../explaining/known-keys.ts'
import { type Message, UnreadableError } from '../explaining/message.ts'
import { readMessage } from '../explaining/read-message.ts'
import { explainHelpTexts, explainTexts } from '../explaining/texts.ts'
import type { CommandLine, Io } from './command-line.ts'
import { fail, several } from './input.ts'

type Flags = { dir: string; key?: string[]; json?: true; strictTime?: true }

const explain = async (
  file: string | undefined,
  flags: Flags,
  { io, language, say }: CommandLine,
): Promise<void> => {
  const message = readMessage(await readInput(file, { io, prompt: say(explainTexts.paste) }))
  const known = await knownKeys(
    flags,
    isSignedByMerchant({ ...message, body: message.bodies[0] }) ? 'merchant' : 'platform',
  )
  const time = flags.strictTime ? { now: Date.now() } : {}
  const found = bestOf(
    message.bodies.map((body) => examine({ ...message, body }, { ...known, ...time })),
  )
  const beside = [
    ...(flags.strictTime ? [] : ageOf(message)),
    ...(known.keys.length === 0 ? [explainTexts.noKeys] : []),
  ]
  const diagnosis = diagnosisIn({ ...found, facts: [...found.facts, ...beside] }, language)

  io.stdout.write(
    flags.json ? `${JSON.stringify(diagnosis)}\n` : diagnosisText(diagnosis, language),
  )
  io.exitCode = diagnosis.verdict === 'unexplained' ? 1 : 0
}

const largest = 4 * 1024 * 1024

/** The bytes of a file or of standard input. @throws {UnreadableError} when there are more than 4 MiB */
const readInput = async (
  file: string | undefined,
  { io, prompt }: { io: Io; prompt: string },
): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let size = 0
  if (file === undefined && io.stdin.isTTY) io.stderr.write(`${prompt}\n`)
  const stream = file === undefined ? io.stdin : (await open(file)).createReadStream()
  for await (const chunk of stream) {
    chunks.push(chunk)
    size += chunk.length
    if (size > largest) throw new UnreadableError(explainTexts.tooLarge)
  }

  return Buffer.concat(chunks)
}

type Kind = Pick<Message, 'method' | 'header'> & { body: Uint8Array | undefined }

/** What has no method is an answer; what WeChat Pay posts has its signature headers or its envelope. */
const isSignedByMerchant = ({ method, header, body }: Kind): boolean => {
  if (method === undefined) return false
  if (header('authorization') !== undefined) return true
  return header('wechatpay-signature') === undefined && !isEnvelope(body)
}

const isEnvelope = (body: Uint8Array = Buffer.alloc(0)): boolean =>
  Envelope.safeParse(jsonOf(body)).success

const Envelope = NotificationEnvelope.pick({ resource_type: true })

const examine = (
  { method, target, header, body }: Omit<Message, 'bodies'> & { body: Uint8Array },
  { subMchids, ...known }: Keys & { now?: number },
): Findings => {
  return method !== undefined &&
    target !== undefined &&
    isSignedByMerchant({ method, header, body })
    ? examineRequest({ method, target, header, body }, { subMchids, ...known })
    : examineAnswer({ header, body }, known)
}

/** How old the signature is, which is no fault of what was pasted. */
const ageOf = ({ header }: Message): Sentence[] => {
  const timestamp = header('wechatpay-timestamp') ?? header('authorization')
  const [, seconds] = /(?:^|timestamp=")(\d{10})\b/.exec(timestamp ?? '') ?? []
  return seconds === undefined
    ? []
    : [fill(explainTexts.signedAt, { time: new Date(Number(seconds) * 1000).toISOString() })]
}

const verdicts = ['sound', 'explained', 'unexplained'] as const

/** A paste leaves more than one way to read the body: the one that explains most is the true one. */
const bestOf = (all: readonly Findings[]): Findings => {
  for (const verdict of verdicts) {
    const found = all.find((findings) => findings.verdict === verdict)
    if (found) return found
  }
  throw new Error('A message has a body, if an empty one.')
}

export const addExplain = (commandLine: CommandLine): void => {
  const { program, say } = commandLine
  program
    .command('explain')
    .description(say(explainHelpTexts.description))
    .argument('[file]', say(explainHelpTexts.file))
    .option('--dir <folder>', say(explainHelpTexts.dir), '.wechatpay-sandbox')
    .option('--key <pem>', say(explainHelpTexts.key), several)
    .option('--strict-time', say(explainHelpTexts.strictTime))
    .option('--json', say(explainHelpTexts.json))
    .action((file: string | undefined, flags: Flags) =>
      explain(file, flags, commandLine).catch(fail(commandLine, 2)),
    )
}
