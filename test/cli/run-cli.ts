import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { onTestFinished } from 'vitest'

const program = 'dist/sandbox/cli/main.js'

/** Runs the built command line; it is ended with the test, if it has not ended by itself. */
export const runCli = (...args: string[]) => {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = once(child, 'close')
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await exited
  })

  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text
  })

  return {
    /** Resolves with the first output; without any, when the program ends. */
    firstOutput: async (): Promise<string> => {
      if (stdout === '') await Promise.race([once(child.stdout, 'data'), exited])
      return stdout
    },
    kill: (signal: 'SIGTERM' | 'SIGINT') => child.kill(signal),
    ended: async () => {
      await exited
      return { code: child.exitCode, signal: child.signalCode, stdout, stderr }
    },
    stderr: () => stderr,
  }
}
