import type { CommandLine } from './command-line.ts'
import { demo } from './demo/demo.ts'
import { fail } from './input.ts'

export const addDemo = ({ program, io, say }: CommandLine): void => {
  program
    .command('demo')
    .description('show the documented call in six styles and a plan from signing to refund')
    .action(() => demo().catch(fail({ io, say })))
}
