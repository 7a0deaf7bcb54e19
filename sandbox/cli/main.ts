#!/usr/bin/env node
import { Command } from 'commander'
import { addStart } from './start.ts'

const program = new Command('wechatpay-sandbox').description(
  'A local WeChat Pay for people who build against its PayScore-plan API.',
)
addStart(program)

await program.parseAsync()
