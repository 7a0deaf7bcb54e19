import type { CommandLine } from './command-line.ts'
import { fail } from './input.ts'
import { demoTexts } from './texts.ts'

const play = async (commandLine: CommandLine): Promise<void> => {
  const { demo } = await import('./demo/demo.ts')
  await demo(commandLine)
}

export const addDemo = (commandLine: CommandLine): void => {
  const { program, say } = commandLine

  program
    .command('demo')
    .description(say(demoTexts.description))
    .action(() => play(commandLine).catch(fail(commandLine)))
}
