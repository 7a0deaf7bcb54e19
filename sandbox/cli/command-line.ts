import type { Command } from 'commander'
import type { Language, Sentence } from '../../contracts/texts.ts'

type Output = { write(text: string): unknown; isTTY?: boolean }

/** What a command uses of the process it runs in: `process` is one, tests hand in another. */
export type Io = {
  stdin: AsyncIterable<Buffer> & { isTTY?: boolean }
  stdout: Output
  stderr: Output
  env: Readonly<Record<string, string | undefined>>
  exitCode?: number | string | null | undefined
  once(event: 'SIGINT' | 'SIGTERM' | 'exit', listener: () => void): unknown
  on(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP', listener: () => void): unknown
  /** Ends the process at once; in a test there is none to end. */
  exit?(code: number): unknown
}

/** What a command is given: the program to add itself to, its surroundings and its reader. */
export type CommandLine = {
  program: Command
  io: Io
  language: Language
  /** The sentence in the reader's language. */
  say(sentence: Sentence): string
}

/** Resolves when the program is asked to end; a second request ends it at once. */
export const interruption = (io: Io): Promise<void> =>
  new Promise((resolve) => {
    io.once('SIGINT', resolve)
    io.once('SIGTERM', resolve)
  })
