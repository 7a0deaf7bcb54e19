import { readHttp } from './http-text.ts'
import type { Message } from './message.ts'
import { explainTexts } from './texts.ts'
import { UnreadableError } from './unreadable-error.ts'

const request = /^> [A-Za-z]+ \S+ HTTP\/\d/m
const startOfOutput = /^(?:\* |Note: |> [A-Za-z]+ \S+ HTTP\/)/m

/** Reads what curl -v prints. @throws {UnreadableError} when there was a body, which curl does not print */
export const readCurlVerbose = (text: string): Message | undefined => {
  if (!request.test(text)) return undefined
  const sent = text.slice(text.search(request)).split(/\r?\n/)
  const head = sent.flatMap((line) => (line.startsWith('>') ? line.slice(1).trimStart() : []))
  const message = readHttp(Buffer.from(`${head.join('\n')}\n\n`))
  const length = message?.header('content-length') ?? message?.header('transfer-encoding') ?? '0'
  if (length !== '0') {
    throw new UnreadableError(explainTexts.bodyNotPrinted)
  }

  return message
}

/** The command alone, of a terminal that also shows its prompt and what curl -v printed. */
export const commandOf = (terminal: string): string => {
  const [command = ''] = request.test(terminal) ? terminal.split(startOfOutput) : [terminal]
  return command.trim().replace(/^\S*[$#%>] +/, '')
}
