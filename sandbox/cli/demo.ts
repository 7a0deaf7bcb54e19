import type { Command } from 'commander'
import { demo } from './demo/demo.ts'
import { fail } from './input.ts'

export const addDemo = (program: Command): void => {
  program
    .command('demo')
    .description('show the documented call in six styles and a plan from signing to refund')
    .action(() => demo().catch(fail))
}
