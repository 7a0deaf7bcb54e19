import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

const styled = (style: Style, text: string) =>
  process.stdout.isTTY ? styleText(style, text) : text

const write = (text: string) => process.stdout.write(`${text}\n`)

const short = (value: unknown) => {
  const text = JSON.stringify(value)
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}

/** Tells a story on the terminal: chapters, and in each the calls with their answers. */
export const narrator = {
  chapter: (title: string) => write(`\n${styled('bold', title)}`),
  call: (call: string) => write(`  ${styled('cyan', '→')} ${call}`),
  answer: (answer: unknown) => write(`  ${styled('green', '←')} ${short(answer)}`),
  callback: (text: string) => write(`  ${styled('magenta', '⇠')} ${text}`),
  refusal: (answer: string) => write(`  ${styled('yellow', '←')} ${answer}`),
}
