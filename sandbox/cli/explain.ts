import { open } from 'node:fs/promises'
import { diagnosisIn, diagnosisText } from '../../contracts/diagnosis/diagnosis.ts'
import { fill, type Sentence } from '../../contracts/texts.ts'
import { examineMessage, signerOf } from '../explaining/examine-message.ts'
import { knownKeys } from '../explaining/known-keys.ts'
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
  const known = await knownKeys(flags, signerOf(message))
  const time = flags.strictTime ? { now: Date.now() } : {}
  const found = examineMessage(message, { ...known, ...time })
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

/** How old the signature is, which is no fault of what was pasted. */
const ageOf = ({ header }: Message): Sentence[] => {
  const timestamp = header('wechatpay-timestamp') ?? header('authorization')
  const [, seconds] = /(?:^|timestamp=")(\d{10})\b/.exec(timestamp ?? '') ?? []
  return seconds === undefined
    ? []
    : [fill(explainTexts.signedAt, { time: new Date(Number(seconds) * 1000).toISOString() })]
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
