import { readCurl } from './curl-command.ts'
import { readCurlVerbose } from './curl-verbose.ts'
import { readHttp } from './http-text.ts'
import { readJsonMessage } from './json-message.ts'
import { type Message, UnreadableError } from './message.ts'
import { explainTexts } from './texts.ts'
import { asUtf8 } from './utf8.ts'

/** Reads what was pasted, whatever it was written as. @throws {UnreadableError} */
export const readMessage = (input: Buffer): Message => {
  const bytes = asUtf8(input)
  const text = bytes.toString()
  const message =
    readJsonMessage(text) ?? readCurl(text) ?? readCurlVerbose(text) ?? readHttp(bytes)
  if (message) return message

  throw new UnreadableError(explainTexts.notMessage)
}
