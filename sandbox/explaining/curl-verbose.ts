import { readHttp } from './http-text.ts'
import { type Message, UnreadableError } from './message.ts'
import { explainTexts } from './texts.ts'

const request = /^> [A-Za-z]+ \S+ HTTP\/\d/m
const startOfOutput = /^(?:\* |Note: |> [A-Za-z]+ \S+ HTTP\/)/m

/**
 * Reads what curl -v prints: the request, or a signed answer to one whose body is not printed.
 * @throws {UnreadableError} when neither can be read whole
 */
export const readCurlVerbose = (text: string): Message | undefined => {
  if (!request.test(text)) return undefined
  const sent = text.slice(text.search(request)).split(/\r?\n/)
  const head = sent.flatMap((line) => (line.startsWith('>') ? line.slice(1).trimStart() : []))
  const message = readHttp(Buffer.from(`${head.join('\n')}\n\n`))
  const length = message?.header('content-length') ?? message?.header('transfer-encoding') ?? '0'
  if (length !== '0') {
    const answer = answerIn(text)
    if (answer?.header('wechatpay-signature')) return answer
    throw new UnreadableError(explainTexts.bodyNotPrinted)
  }

  return message
}

const besides = /^(?:[*<>]|[{}] \[\d+ bytes)/
const noteAtEnd = /\* (?:Connection #\d+ to host|Closing connection|Connection #\d+ closed).*$/s

/** The answer whose lines stand behind `<`, with its body below them. */
const answerIn = (text: string): Message | undefined => {
  const lines = text.split(/\r?\n/)
  const head = lines.flatMap((line) => (line.startsWith('<') ? line.slice(1).trimStart() : []))
  const last = lines.findLastIndex((line) => line.startsWith('<'))
  const body = lines.slice(last + 1).filter((line) => !besides.test(line))
  const answer = [...head.filter((line) => line !== ''), '', body.join('\n').replace(noteAtEnd, '')]

  return readHttp(Buffer.from(answer.join('\n')))
}

/** The command alone, of a terminal that also shows its prompt and what curl -v printed. */
export const commandOf = (terminal: string): string => {
  const [command = ''] = request.test(terminal) ? terminal.split(startOfOutput) : [terminal]
  return command.trim().replace(/^\S*[$#%>] +/, '')
}
