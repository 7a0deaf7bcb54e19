import { jsonOf } from '../../json.ts'
import { partsOf } from '../../protocol/multipart.ts'
import { respellings } from '../json-respellings.ts'
import type { MessageContent } from '../message-parts.ts'
import type { MistakeCode } from '../mistakes.ts'
import type { Likelihood, MistakeFamily, Mutation } from '../mutation.ts'
import type { SigningContext } from '../signing-context.ts'

const bom = '\ufeff'

/** What the body says, apart from how it became bytes. */
export const body: MistakeFamily = {
  name: 'body',
  *mutations(context) {
    const { body: sent } = context.expected
    if (sent.length > 0) yield as('bodyNotSigned', '', 'usual')
    for (const text of ['{}', 'null']) yield as('bodyPlaceholder', text, 'usual')
    for (const text of ['[]', 'undefined', '""']) yield as('bodyPlaceholder', text)
    yield* partsOfUpload(context)
    if (typeof sent !== 'string') return

    yield as('bodyBom', sent.startsWith(bom) ? sent.slice(1) : bom + sent)
    for (const end of ['\n', '\r\n', ' ']) yield as('bodyWhitespace', sent + end)
    for (const rest of [sent.trimEnd(), sent.trim()]) yield as('bodyWhitespace', rest, 'usual')
    yield as('bodyLineEnds', sent.replaceAll('\r\n', '\n'))
    yield as('bodyLineEnds', sent.replaceAll(/\r?\n/g, '\r\n'))
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

function* asJson(text: string, { expected }: SigningContext): Generator<Mutation> {
  const value = jsonOf(text)
  if (value === undefined) return
  yield as('bodyQuoted', JSON.stringify(text))
  if (typeof value === 'string') yield as('bodyUnquoted', value)
  if (isFlat(value)) yield as('bodyForm', formOf(value))
  for (const { text: respelled, likelihood } of respellings(text, expected)) {
    yield as('bodyReserialised', respelled, likelihood)
  }
}

const isFlat = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((each) => typeof each !== 'object')

const formOf = (value: object) =>
  Object.entries(value)
    .map(([name, each]) => `${name}=${each}`)
    .join('&')
