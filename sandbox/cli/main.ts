#!/usr/bin/env node
import module from 'node:module'
import process from 'node:process'

// Node 22.8 and later keep what they compiled, so that the next start is spared it.
if ('enableCompileCache' in module && typeof module.enableCompileCache === 'function') {
  module.enableCompileCache()
}

// Whoever reads may have seen enough, such as `head`.
process.stdout.on('error', () => process.exit())

const { runCli } = await import('./run-cli.ts')
await runCli(process.argv.slice(2), process)
