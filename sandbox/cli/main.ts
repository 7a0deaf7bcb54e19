#!/usr/bin/env node
import { Command } from 'commander'
import { version } from '../../client/version.ts'
import { fail } from './input.ts'
import { addListen } from './listen.ts'
import { addStart } from './start.ts'

const program = new Command('wechatpay-sandbox')
  .description('A local WeChat Pay for people who build against its PayScore-plan API.')
  .version(version)
addStart(program)
addListen(program)
program
  .command('demo')
  .description('show the documented call in six styles and a plan from signing to refund')
  .action(async () => {
    const { demo } = await import('./demo/demo.ts')
    await demo().catch(fail)
  })

await program.parseAsync()
