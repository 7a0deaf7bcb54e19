import type { CommandLine } from './command-line.ts'
import { demo } from './demo/demo.ts'
import { fail } from './input.ts'
import { demoTexts } from './texts.ts'

export const addDemo = (commandLine: CommandLine): void => {
  const { program, say } = commandLine

  program
    .command('demo')
    .description(say(demoTexts.description))
    .action(() => demo(commandLine).catch(fail(commandLine)))
}
