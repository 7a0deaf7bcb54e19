import { styleText } from 'node:util'
import type { Sentence } from '../../../contracts/texts.ts'
import type { CommandLine } from '../command-line.ts'

type Style = Parameters<typeof styleText>[0]

const short = (value: unknown) => {
  const text = JSON.stringify(value)
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}

/** Tells a story on the terminal: chapters, and in each the calls with their answers. */
export const createNarrator = ({ io, say }: Pick<CommandLine, 'io' | 'say'>) => {
  const styled = (style: Style, text: string) => (io.stdout.isTTY ? styleText(style, text) : text)
  const write = (text: string) => io.stdout.write(`${text}\n`)

  return {
    chapter: (title: Sentence) => write(`\n${styled('bold', say(title))}`),
    call: (call: Sentence) => write(`  ${styled('cyan', '→')} ${say(call)}`),
    answer: (answer: unknown) => write(`  ${styled('green', '←')} ${short(answer)}`),
    callback: (text: Sentence) => write(`  ${styled('magenta', '⇠')} ${say(text)}`),
    refusal: (answer: string) => write(`  ${styled('yellow', '←')} ${answer}`),
  }
}

export type Narrator = ReturnType<typeof createNarrator>
