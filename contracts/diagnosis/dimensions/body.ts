import { partsOf } from '../../protocol/multipart.ts'
import type { Dimension, Rarity, Scene, Variation } from '../dimension.ts'
import type { Content } from '../draft.ts'
import { respellings } from '../json-respellings.ts'
import type { MistakeCode } from '../mistakes.ts'

const bom = '\ufeff'

/** What the body says, apart from how it became bytes. */
export const body: Dimension = {
  name: 'body',
  *variations(scene) {
    const { body: sent } = scene.truth
    if (sent.length > 0) yield as('bodyNotSigned', '', 0)
    for (const text of ['{}', 'null']) yield as('bodyPlaceholder', text, 0)
    for (const text of ['[]', 'undefined', '""']) yield as('bodyPlaceholder', text)
    yield* partsOfUpload(scene)
    if (typeof sent !== 'string') return

    yield as('bodyBom', sent.startsWith(bom) ? sent.slice(1) : bom + sent)
    for (const end of ['\n', '\r\n', ' ']) yield as('bodyWhitespace', sent + end)
    for (const rest of [sent.trimEnd(), sent.trim()]) yield as('bodyWhitespace', rest, 0)
    yield as('bodyLineEnds', sent.replaceAll('\r\n', '\n'))
    yield as('bodyLineEnds', sent.replaceAll(/\r?\n/g, '\r\n'))
    yield* asJson(sent, scene)
  },
}

const as = (code: MistakeCode, body: Content, rarity: Rarity = 1): Variation => ({
  code,
  change: { body },
  rarity,
})

const partsOfUpload = ({ sentBody, header }: Scene): Variation[] => {
  const parts = partsOf(header('content-type'), sentBody)
  const files = parts.filter(({ isFile }) => isFile)

  return [
    ...(parts.length > 0 ? [as('uploadSignedWhole', sentBody, 0)] : []),
    ...files.map(({ content }) => as('uploadFileSigned', content, 0)),
  ]
}

function* asJson(text: string, { truth: { method, path } }: Scene): Generator<Variation> {
  const value = parsed(text)
  if (value === undefined) return
  yield as('bodyQuoted', JSON.stringify(text))
  if (typeof value === 'string') yield as('bodyUnquoted', value)
  if (isFlat(value)) yield as('bodyForm', formOf(value))
  for (const { text: respelled, rarity } of respellings(text, { method, path })) {
    yield as('bodyReserialised', respelled, rarity)
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
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
