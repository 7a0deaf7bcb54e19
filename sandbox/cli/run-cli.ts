import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { version } from '../../client/version.ts'
import { render } from '../../contracts/texts.ts'
import type { CommandLine, Io } from './command-line.ts'
import { languageOf } from './language.ts'
import { UsageError } from './usage-error.ts'

type Add = (cli: CommandLine) => void

/** A command loads what it needs itself; `--help` loads them all. */
const commands: Record<string, () => Promise<Add>> = {
  start: async () => (await import('./start.ts')).addStart,
  listen: async () => (await import('./listen.ts')).addListen,
  verify: async () => (await import('./verify.ts')).addVerify,
  grade: async () => (await import('./grade.ts')).addGrade,
  record: async () => (await import('./record.ts')).addRecord,
  drift: async () => (await import('./drift.ts')).addDrift,
  explain: async () => (await import('./explain.ts')).addExplain,
  demo: async () => (await import('./demo.ts')).addDemo,
}

/** Runs what the words after the program's name ask for; `io.exitCode` tells how it ended. */
export const runCli = async (words: readonly string[], io: Io): Promise<void> => {
  try {
    const cli = createCommandLine(words, io)
    const named = commands[words[0] ?? '']
    for (const load of named ? [named] : Object.values(commands)) {
      const add = await load()
      add(cli)
    }
    cli.program.commands.forEach((command) => {
      complete(command, cli)
    })
    await cli.program.parseAsync([...words], { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode !== 0) io.exitCode = 2
      return
    }
    if (!(error instanceof UsageError)) throw error
    io.stderr.write(`${error.message}\n`)
    io.exitCode = 2
  }
}

const createCommandLine = (words: readonly string[], io: Io): CommandLine => {
  const language = languageOf(words, io.env)
  const program = new Command('wechatpay-sandbox')
    .description('A local WeChat Pay for people who build against its PayScore-plan API.')
    .version(version)
    .option(...languageOption)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
    })

  return { program, io, language, say: (sentence) => render(sentence, language) }
}

const languageOption = [
  '--lang <language>',
  'zh or en; by default that of the environment',
] as const

/** What every command has: the choice of the language, and values refused in it. */
const complete = (command: Command, { say }: CommandLine): void => {
  command.option(...languageOption)
  for (const option of command.options) {
    const { parseArg } = option
    if (!parseArg) continue
    option.argParser((value: string, before: unknown) => {
      try {
        return parseArg(value, before)
      } catch (error) {
        if (!(error instanceof UsageError)) throw error
        throw new InvalidArgumentError(say(error.sentence))
      }
    })
  }
}
