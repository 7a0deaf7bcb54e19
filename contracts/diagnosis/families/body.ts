/**
 * What can be got wrong in what the body says, and in how the message becomes bytes.
 * @module
 */
import { isObject, jsonOf } from '../../json.ts'
import { partsOf } from '../../protocol/multipart.ts'
import {
  apiv2Text,
  decompressed,
  htmlEscaped,
  htmlUnescaped,
  jsonOfForm,
  printedForms,
} from '../body-forms.ts'
import { fromGbk, fromUtf8, toGbk } from '../character-sets.ts'
import { respellings } from '../json-respellings.ts'
import { readJson } from '../json-text.ts'
import { variants } from '../json-variants.ts'
import type { MessageContent, MessageParts } from '../message-parts.ts'
import { type MistakeCode, printable } from '../mistakes.ts'
import type { Likelihood, MistakeFamily, Mutation } from '../mutation.ts'
import type { SigningContext } from '../signing-context.ts'

const bom = '\ufeff'

const placeholders = ['[]', 'undefined', '""', '[object Object]', 'Array', 'None', 'nil']

/** What the body says, apart from how it became bytes. */
export const body: MistakeFamily = {
  name: 'body',
  *mutations(context) {
    const { body: sent } = context.expected
    if (sent.length > 0) yield as('bodyNotSigned', '', 'usual')
    for (const text of ['{}', 'null']) yield as('bodyPlaceholder', text, 'usual')
    for (const text of placeholders) yield as('bodyPlaceholder', text)
    yield* partsOfUpload(context)
    yield* decompressedBody(context)
    if (typeof sent !== 'string') return

    yield as('bodyBom', sent.startsWith(bom) ? sent.slice(1) : bom + sent)
    for (const end of ['\n', '\r\n', ' ']) yield as('bodyWhitespace', sent + end)
    for (const rest of [sent.trimEnd(), sent.trim()]) yield as('bodyWhitespace', rest, 'usual')
    yield as('bodyLineEnds', sent.replaceAll('\r\n', '\n'))
    yield as('bodyLineEnds', sent.replaceAll(/\r?\n/g, '\r\n'))
    for (const json of jsonOfForm(sent)) yield as('bodySentAsForm', json)
    for (const text of htmlEscaped(sent)) yield as('bodyHtmlEscaped', text)
    yield as('bodyHtmlUnescaped', htmlUnescaped(sent))
    yield* asJson(sent, context)
  },
}

const as = (
  code: MistakeCode,
  body: MessageContent,
  likelihood: Likelihood = 'common',
): Mutation => ({
  code,
  change: { body },
  likelihood,
})

const partsOfUpload = ({ sentBody, header }: SigningContext): Mutation[] => {
  const parts = partsOf(header('content-type'), sentBody)
  const files = parts.filter(({ isFile }) => isFile)

  return [
    ...(parts.length > 0 ? [as('uploadSignedWhole', sentBody, 'usual')] : []),
    ...files.map(({ content }) => as('uploadFileSigned', content, 'usual')),
  ]
}

const decompressedBody = ({ expected: { body }, header }: SigningContext): Mutation[] => {
  const encoding = header('content-encoding')
  const plain = typeof body === 'string' ? undefined : decompressed(body, encoding)
  return plain ? [as('bodyCompressed', fromUtf8(plain) ?? plain, 'usual')] : []
}

function* asJson(text: string, { expected, known }: SigningContext): Generator<Mutation> {
  const value = jsonOf(text)
  if (value === undefined) return
  yield as('bodyQuoted', JSON.stringify(text))
  if (typeof value === 'string') yield as('bodyUnquoted', value)
  if (isFlat(value)) yield as('bodyForm', formOf(value))
  for (const { text: respelled, likelihood } of respellings(text, expected)) {
    yield as('bodyReserialised', respelled, likelihood)
  }
  if (text.length > longestVaried) return

  const json = readJson(text)?.json
  for (const printed of json ? printedForms(json) : []) yield as('bodyPrinted', printed, 'rare')
  if (isObject(value)) {
    yield {
      code: 'apiv2Text',
      change: { lines: ['body'], body: apiv2Text(value), separator: '', closings: 0 },
      likelihood: 'rare',
    }
  }
  for (const { code, text: varied, signed, sent } of variants(text, expected, known)) {
    const found = {
      ...(signed && { signed: printable(signed) }),
      ...(sent && { sent: printable(sent) }),
    }
    yield { code, change: { body: varied }, found, likelihood: 'rare' }
  }
}

// In letters; each variant writes the whole text.
const longestVaried = 8_192

const isFlat = (value: unknown): value is object =>
  isObject(value) && Object.values(value).every((each) => typeof each !== 'object')

const formOf = (value: object) =>
  Object.entries(value)
    .map(([name, each]) => `${name}=${each}`)
    .join('&')

/** How the message became bytes. */
export const encoding: MistakeFamily = {
  name: 'encoding',
  *mutations({ expected: { body, path, query } }) {
    yield encoded('encodedAsUtf16', (bytes) => Buffer.from(bytes.toString(), 'utf16le'))
    if (typeof body !== 'string') {
      yield encoded('sentAsGbk', fromGbkWhereItIs)
      yield encoded('sentAsLatin1', widened)
      return
    }
    if (!nonAscii.test(body) && !/%[89a-f]/i.test(path + query)) return

    const isWidened = fromUtf8(Buffer.from(body, 'latin1')) !== undefined
    yield encoded(isWidened ? 'sentAsLatin1' : 'encodedAsLatin1', narrowed)
    yield encoded('encodedAsLatin1', widened)
    // Some bytes of GBK are UTF-8 too.
    yield encoded('sentAsGbk', fromGbkWhereItIs)
    yield encoded('encodedAsGbk', (bytes) => toGbk(bytes.toString()))
    yield encoded('encodedAsAscii', (bytes) => Buffer.from(bytes.toString().replace(letters, '?')))
    yield encoded('encodedAsAscii', (bytes) => Buffer.from(bytes.toString().replace(units, '?')))
    yield encoded('encodedAsAscii', (bytes) => bytes.map((byte) => (byte > 0x7f ? 0x3f : byte)))
    yield encoded('encodedAsAscii', (bytes) =>
      Buffer.from(bytes.toString('latin1').replace(units, '\ufffd')),
    )
    yield encoded('encodedAsAscii', (bytes) => Buffer.from(bytes.toString().replace(units, '')))
  },
}

const encoded = (code: MistakeCode, encode: NonNullable<MessageParts['encode']>): Mutation => ({
  code,
  change: { encode },
})

const nonAscii = /[^\0-\x7f]/
const letters = /[^\0-\x7f]/gu
const units = /[^\0-\x7f]/g

const fromGbkWhereItIs = (bytes: Buffer) => Buffer.from(fromGbk(bytes) ?? bytes)

/** Bytes read as Latin-1 and encoded again. */
const widened = (bytes: Buffer) => Buffer.from(bytes.toString('latin1'))

/** Text written as Latin-1. */
const narrowed = (bytes: Buffer) => Buffer.from(bytes.toString(), 'latin1')
