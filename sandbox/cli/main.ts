#!/usr/bin/env node
import { Command } from 'commander'
import { version } from '../../client/version.ts'

type Add = (program: Command) => void

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

const program = new Command('wechatpay-sandbox')
  .description('A local WeChat Pay for people who build against its PayScore-plan API.')
  .version(version)

const named = commands[process.argv[2] ?? '']
for (const load of named ? [named] : Object.values(commands)) {
  const add = await load()
  add(program)
}

await program.parseAsync()
