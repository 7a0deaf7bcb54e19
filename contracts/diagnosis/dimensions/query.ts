import type { Dimension, Rarity, Variation } from '../dimension.ts'
import type { MistakeCode } from '../mistakes.ts'
import { attempted, encodeForm, encodeStrictly, otherCase } from '../percent.ts'
import { permutations } from '../permutations.ts'

/** The query, and where it is put. */
export const query: Dimension = {
  name: 'query',
  *variations({ truth: { query: sent } }) {
    if (sent.length < 2) {
      yield { code: 'questionMark', change: { query: sent ? '' : '?' } }
      return
    }
    const as = (code: MistakeCode, signed: string | undefined, rarity: Rarity = 1): Variation[] =>
      signed === undefined ? [] : [{ code, change: { query: signed }, rarity }]
    const text = sent.slice(1)
    const parameters = text.split('&')

    yield* as('queryMissing', '', 0)
    yield* as('questionMark', '?')
    for (const body of [text, jsonOf(text)]) {
      yield { code: 'queryInBody', change: { query: '', body } }
    }

    yield* as('queryDecoded', attempted(decodeURIComponent, sent), 0)
    yield* as('queryDecoded', attempted(decodeURIComponent, sent.replaceAll('+', ' ')))
    for (const encode of [encodeURIComponent, encodeStrictly, encodeForm]) {
      yield* as('queryReencoded', reencoded(parameters, encode))
    }
    yield* as('queryReencoded', attempted(encodeURI, sent))
    yield* as('queryReencoded', sent.replaceAll('+', '%20'))
    yield* as('queryReencoded', sent.replaceAll('%20', '+'))
    yield* as('queryReencoded', otherCase(sent))

    yield* as('queryReordered', `?${parameters.toSorted().join('&')}`, 0)
    yield* as('queryReordered', `?${parameters.toReversed().join('&')}`, 0)
    if (parameters.length > 5) return
    for (const order of permutations(parameters)) {
      yield* as('queryReordered', `?${order.join('&')}`, 2)
    }
  },
}

const jsonOf = (text: string) => JSON.stringify(Object.fromEntries(new URLSearchParams(text)))

const reencoded = (parameters: readonly string[], encode: (text: string) => string) => {
  const again = (part: string) =>
    attempted((text) => encode(decodeURIComponent(text.replaceAll('+', ' '))), part) ?? part
  return `?${parameters.map((parameter) => parameter.split('=').map(again).join('=')).join('&')}`
}
