import { fromGbk, fromUtf8, toGbk } from '../character-sets.ts'
import type { MessageParts } from '../message-parts.ts'
import type { MistakeCode } from '../mistakes.ts'
import type { MistakeFamily, Mutation } from '../mutation.ts'

/** How the message became bytes. */
export const encoding: MistakeFamily = {
  name: 'encoding',
  *mutations({ expected: { body, path, query } }) {
    yield as('encodedAsUtf16', (bytes) => Buffer.from(bytes.toString(), 'utf16le'))
    if (typeof body !== 'string') {
      yield as('sentAsGbk', fromGbkWhereItIs)
      yield as('sentAsLatin1', widened)
      return
    }
    if (!nonAscii.test(body) && !/%[89a-f]/i.test(path + query)) return

    const isWidened = fromUtf8(Buffer.from(body, 'latin1')) !== undefined
    yield as(isWidened ? 'sentAsLatin1' : 'encodedAsLatin1', narrowed)
    yield as('encodedAsLatin1', widened)
    // Some bytes of GBK are UTF-8 too.
    yield as('sentAsGbk', fromGbkWhereItIs)
    yield as('encodedAsGbk', (bytes) => toGbk(bytes.toString()))
    yield as('encodedAsAscii', (bytes) => Buffer.from(bytes.toString().replace(letters, '?')))
    yield as('encodedAsAscii', (bytes) => Buffer.from(bytes.toString().replace(units, '?')))
    yield as('encodedAsAscii', (bytes) => bytes.map((byte) => (byte > 0x7f ? 0x3f : byte)))
    yield as('encodedAsAscii', (bytes) =>
      Buffer.from(bytes.toString('latin1').replace(units, '\ufffd')),
    )
    yield as('encodedAsAscii', (bytes) => Buffer.from(bytes.toString().replace(units, '')))
  },
}

const as = (code: MistakeCode, encode: NonNullable<MessageParts['encode']>): Mutation => ({
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
