#!/usr/bin/env node
import process from 'node:process'
import { runCli } from './run-cli.ts'

// Whoever reads may have seen enough, such as `head`.
process.stdout.on('error', () => process.exit())

await runCli(process.argv.slice(2), process)
