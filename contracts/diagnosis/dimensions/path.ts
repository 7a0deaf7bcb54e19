import type { Dimension, Rarity, Variation } from '../dimension.ts'
import type { Draft } from '../draft.ts'
import type { MistakeCode } from '../mistakes.ts'
import { attempted, encodeStrictly, otherCase } from '../percent.ts'
import { endpointsAt } from '../route.ts'

/** The path, apart from what may stand before it. */
export const path: Dimension = {
  name: 'path',
  *variations({ truth, header }) {
    const { path: sent } = truth
    const as = (code: MistakeCode, signed: string | undefined, rarity: Rarity = 1): Variation[] =>
      signed === undefined ? [] : [{ code, change: { path: signed }, rarity }]

    yield* as('slashMissing', sent.replace(/^\//, ''), 0)
    yield* as('versionMissing', sent.replace(/^\/v3(?=\/)/, ''), 0)
    yield* as('slashTrailing', sent.endsWith('/') ? sent.slice(0, -1) : `${sent}/`)

    const version = sent.indexOf('/v3/')
    if (version > 0) yield* as('prefixNotSigned', sent.slice(version), 0)
    for (const name of ['x-original-uri', 'x-rewrite-url']) {
      const original = header(name)
      if (original) yield { code: 'prefixSigned', change: splitTarget(original) }
    }

    const decoded = attempted(decodeURIComponent, sent)
    const segments = decoded?.split('/')
    yield* as('pathDecoded', decoded, 0)
    yield* as('pathDecoded', attempted(decodeURI, sent))
    yield* as('pathReencoded', decoded && attempted(encodeURI, decoded))
    yield* as('pathReencoded', segments?.map(attemptedComponent).join('/'))
    yield* as('pathReencoded', segments?.map(encodeStrictly).join('/'))
    yield* as('pathReencoded', attempted(encodeURI, sent))
    yield* as('pathReencoded', otherCase(sent))
    yield* as('pathNormalised', sent.replace(/\/{2,}/g, '/'))
    yield* as('pathNormalised', normalised(sent))
    for (const template of templatesOf(sent)) {
      yield* as('pathTemplate', template)
      yield* as('pathTemplate', template.replaceAll(/\{(\w+)\}/g, ':$1'))
      yield* as('pathTemplate', template.replaceAll(/\{\w+\}/g, '{}'))
      yield* as('pathTemplate', template.replaceAll(/\{\w+\}/g, '%s'))
      yield* as('pathTemplate', template.replaceAll(/\{(\w+)\}/g, '%7B$1%7D'))
    }
  },
}

export const splitTarget = (target: string): Pick<Draft, 'path' | 'query'> => {
  const at = target.indexOf('?')
  return at === -1
    ? { path: target, query: '' }
    : { path: target.slice(0, at), query: target.slice(at) }
}

const attemptedComponent = (text: string) => attempted(encodeURIComponent, text) ?? text

const normalised = (path: string) => {
  const base = 'http://host'
  return URL.canParse(base + path) ? new URL(base + path).pathname : undefined
}

const templatesOf = (path: string): string[] =>
  endpointsAt(path).flatMap(({ path: template }) => (template === path ? [] : template))
