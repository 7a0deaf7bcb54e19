import { spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { Readable } from 'node:stream'
import { onTestFinished } from 'vitest'
import type { Io } from '../../sandbox/cli/command-line.ts'
import { runCli as runInProcess } from '../../sandbox/cli/run-cli.ts'

const program = 'dist/sandbox/cli/main.js'

type Signal = 'SIGTERM' | 'SIGINT' | 'SIGKILL'
type Surroundings = { input?: string | Uint8Array; env?: Record<string, string> }
type End = { code: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string }

/** Gathers what is written. */
const createSink = () => {
  const written = new EventEmitter()
  let text = ''

  return {
    write: (more: string) => {
      text += more
      written.emit('text')
    },
    text: () => text,
    next: () => once(written, 'text'),
    /** Resolves with what was written, once it matches. */
    matching: async (pattern: RegExp): Promise<string> => {
      while (!pattern.test(text)) await once(written, 'text')
      return text
    },
  }
}

/** What both ways of running offer. */
const running = (
  { stdout, stderr }: Record<'stdout' | 'stderr', ReturnType<typeof createSink>>,
  {
    kill,
    exited,
  }: { kill: (signal: Signal) => unknown; exited: Promise<Omit<End, 'stdout' | 'stderr'>> },
) => ({
  /** Resolves with the first output; without any, when the program ends. */
  firstOutput: async (): Promise<string> => {
    if (stdout.text() === '') await Promise.race([stdout.next(), exited])
    return stdout.text()
  },
  kill,
  ended: async (): Promise<End> => ({
    ...(await exited),
    stdout: stdout.text(),
    stderr: stderr.text(),
  }),
  stdout: stdout.matching,
  stderr: stderr.matching,
})

/** Runs the command line in this process, in English; it is ended with the test. */
export const runCli = (...words: string[]) => runCliIn({}, ...words)

/** Runs the command line in this process, with this standard input and environment. */
export const runCliIn = ({ input = '', env = {} }: Surroundings, ...words: string[]) => {
  const sinks = { stdout: createSink(), stderr: createSink() }
  const signals = new EventEmitter()
  const stdin = Readable.from([Buffer.from(input)])
  const [on, once] = [signals.on.bind(signals), signals.once.bind(signals)]
  const io: Io = { ...sinks, stdin, env, on, once }

  const exited = runInProcess(words, io).then(() => ({
    code: Number(io.exitCode ?? 0),
    signal: null,
  }))
  const kill = (signal: Signal) => signals.emit(signal)
  onTestFinished(async () => {
    kill('SIGTERM')
    await exited
  })

  return running(sinks, { kill, exited })
}

/** Runs the built command line in a process of its own; it is ended with the test. */
export const runProcess = (...words: string[]) => runProcessIn({}, ...words)

/** Runs the built command line in a process of its own, with this standard input and environment. */
export const runProcessIn = ({ input, env }: Surroundings, ...words: string[]) => {
  const child = spawn(process.execPath, [program, ...words], {
    env: { ...process.env, LC_ALL: 'C', ...env },
  })
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const exited = once(child, 'close').then(() => ({
    code: child.exitCode,
    signal: child.signalCode,
  }))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await exited
  })

  const sinks = { stdout: createSink(), stderr: createSink() }
  child.stdout.setEncoding('utf8').on('data', sinks.stdout.write)
  child.stderr.setEncoding('utf8').on('data', sinks.stderr.write)

  return running(sinks, { kill: (signal) => child.kill(signal), exited })
}
