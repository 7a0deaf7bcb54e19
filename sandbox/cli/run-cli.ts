import { Command, CommanderError } from 'commander'
import { version } from '../../client/version.ts'
import { fill, list, render } from '../../contracts/texts.ts'
import type { CommandLine, Io } from './command-line.ts'
import { translateHelp } from './help.ts'
import { languageOf } from './language.ts'
import { helpTexts, usageTexts } from './texts.ts'
import { UsageError, usageSentenceOf } from './usage-error.ts'

type Add = (cli: CommandLine) => void

/** A command loads what it needs itself; `--help` loads them all. */
const commands: Record<string, () => Promise<Add>> = {
  start: async () => (await import('./start.ts')).addStart,
  exec: async () => (await import('./exec.ts')).addExec,
  curl: async () => (await import('./curl.ts')).addCurl,
  trigger: async () => (await import('./trigger.ts')).addTrigger,
  listen: async () => (await import('./listen.ts')).addListen,
  verify: async () => (await import('./verify.ts')).addVerify,
  grade: async () => (await import('./grade.ts')).addGrade,
  record: async () => (await import('./record.ts')).addRecord,
  drift: async () => (await import('./drift.ts')).addDrift,
  explain: async () => (await import('./explain.ts')).addExplain,
  demo: async () => (await import('./demo.ts')).addDemo,
}

const commandsFor = (word = ''): readonly (() => Promise<Add>)[] => {
  const named = commands[word]
  if (named) return [named]
  return word === '--version' || word === '-V' ? [] : Object.values(commands)
}

/** Runs what the words after the program's name ask for; `io.exitCode` tells how it ended. */
export const runCli = async (words: readonly string[], io: Io): Promise<void> => {
  try {
    const cli = createCommandLine(words, io)
    for (const load of commandsFor(words[0])) {
      const add = await load()
      add(cli)
    }
    for (const command of cli.program.commands) complete(command, cli)
    await run(words, cli)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    io.stderr.write(`${error.message}\n`)
    io.exitCode = 2
  }
}

const run = async (words: readonly string[], { program, io, say }: CommandLine): Promise<void> => {
  try {
    await program.parseAsync([...words], { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return
      // The help that was shown instead of a command says enough.
      if (error.code !== 'commander.help') io.stderr.write(`${say(usageSentenceOf(error))}\n`)
    } else if (error instanceof UsageError) {
      io.stderr.write(`${say(error.sentence)}\n`)
    } else throw error
    io.exitCode = 2
  }
}

const createCommandLine = (words: readonly string[], io: Io): CommandLine => {
  const language = languageOf(words, io.env)
  const say: CommandLine['say'] = (sentence) => render(sentence, language)
  const program = new Command('wechatpay-sandbox')
    .description(say(helpTexts.program))
    .version(version, '-V, --version', say(helpTexts.version))
    .option('--lang <language>', say(helpTexts.language))
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      // `run` says it in the reader's language.
      outputError: () => {},
    })
  translateHelp(program, { say })

  return { program, io, language, say }
}

/** What every command has: the choice of the language, and values refused in it. */
const complete = (command: Command, { say }: CommandLine): void => {
  command.option('--lang <language>', say(helpTexts.language))
  for (const option of command.options) {
    const { flags, parseArg, argChoices } = option
    if (!parseArg) continue
    option.argParser((value: string, before: unknown) => {
      const refuse = (reason: UsageError['sentence']) =>
        new UsageError(fill(usageTexts.valueInvalid, { option: flags, value, reason }))
      if (argChoices && !argChoices.includes(value)) {
        throw refuse(fill(usageTexts.choices, { choices: list(argChoices) }))
      }
      try {
        return parseArg(value, before)
      } catch (error) {
        throw error instanceof UsageError ? refuse(error.sentence) : error
      }
    })
  }
}
