/**
 * What can be got wrong in the line of the target: before the path, in it, and in the query.
 * @module
 */
import { apiHosts } from '../../hosts.ts'
import { endpointsAt } from '../../paths.ts'
import { permutations } from '../combinations.ts'
import type { Operation } from '../documented-shapes.ts'
import { splitTarget } from '../message-parts.ts'
import { type MistakeCode, printable } from '../mistakes.ts'
import type { Likelihood, MistakeFamily, Mutation } from '../mutation.ts'
import type { SigningContext } from '../signing-context.ts'

const officialHosts = [...apiHosts, `${apiHosts[0]}:443`]
const usualPrefixes = 'api wechat wxpay pay wechatpay proxy gateway prod'.split(' ')

/** What stands before the path: a host, or the prefix of a proxy. */
export const origin: MistakeFamily = {
  name: 'origin',
  *mutations({ header }) {
    const named = ['host', 'x-forwarded-host'].flatMap((name) => header(name) ?? [])
    const hosts = new Set([...named.flatMap(withAndWithoutPort), ...officialHosts])
    for (const start of ['https://', 'http://', '//', '']) {
      for (const host of hosts) {
        const likelihood = start === 'https://' ? 'usual' : 'common'
        yield { code: 'urlWithHost', change: { origin: start + host }, likelihood }
      }
    }

    const forwarded = header('x-forwarded-prefix')
    if (forwarded) yield { code: 'prefixSigned', change: { origin: withoutEnd(forwarded) } }
    for (const prefix of usualPrefixes) {
      yield { code: 'prefixSigned', change: { origin: `/${prefix}` } }
    }
  },
}

const withAndWithoutPort = (host: string) => [host, host.replace(/:\d+$/, '')]

const withoutEnd = (prefix: string) => prefix.replace(/\/$/, '')

/** The path, apart from what may stand before it. */
export const path: MistakeFamily = {
  name: 'path',
  *mutations({ expected, header }) {
    const { path: sent } = expected
    const as = (
      code: MistakeCode,
      signed: string | undefined,
      likelihood: Likelihood = 'common',
    ): Mutation[] => (signed === undefined ? [] : [{ code, change: { path: signed }, likelihood }])

    yield* as('slashMissing', sent.replace(/^\//, ''), 'usual')
    yield* as('versionMissing', sent.replace(/^\/v3(?=\/)/, ''), 'usual')
    yield* as('slashTrailing', sent.endsWith('/') ? sent.slice(0, -1) : `${sent}/`)

    const version = sent.indexOf('/v3/')
    if (version > 0) yield* as('prefixNotSigned', sent.slice(version), 'usual')
    for (const name of ['x-original-uri', 'x-rewrite-url']) {
      const original = header(name)
      if (original) yield { code: 'prefixSigned', change: splitTarget(original) }
    }

    const decoded = attempted(decodeURIComponent, sent)
    const segments = decoded?.split('/')
    yield* as('pathDecoded', decoded, 'usual')
    yield* as('pathDecoded', attempted(decodeURI, sent))
    yield* as('pathReencoded', decoded && attempted(encodeURI, decoded))
    yield* as('pathReencoded', segments?.map(attemptedComponent).join('/'))
    yield* as('pathReencoded', segments?.map(encodeStrictly).join('/'))
    yield* as('pathReencoded', attempted(encodeURI, sent))
    yield* as('pathReencoded', otherCase(sent))
    yield* as('pathNormalised', sent.replace(/\/{2,}/g, '/'))
    yield* as('pathNormalised', normalised(sent))
    for (const template of templatesOf(sent)) {
      for (const parameter of ['{$1}', ':$1', '{}', '%s', '%7B$1%7D']) {
        yield* as('pathTemplate', template.replaceAll(/\{(\w+)\}/g, parameter))
      }
    }
  },
}

const attemptedComponent = (text: string) => attempted(encodeURIComponent, text) ?? text

const normalised = (path: string) => {
  const base = 'http://host'
  return URL.canParse(base + path) ? new URL(base + path).pathname : undefined
}

const templatesOf = (path: string): string[] =>
  endpointsAt(path).flatMap(({ path: template }) => (template === path ? [] : template))

// Of a longer query, nobody waits for every parameter.
const mostLeftOut = 30

/** The query, and where it is put. */
export const query: MistakeFamily = {
  name: 'query',
  *mutations({ expected: { path, query: sent, method }, known }) {
    if (sent.length < 2) {
      yield { code: 'questionMark', change: { query: sent ? '' : '?' } }
      for (const parameter of unsentParameters({ method, path }, [], known)) {
        yield unsent(`?${parameter}`, parameter)
      }
      return
    }
    const as = (
      code: MistakeCode,
      signed: string | undefined,
      likelihood: Likelihood = 'common',
    ): Mutation[] => (signed === undefined ? [] : [{ code, change: { query: signed }, likelihood }])
    const text = sent.slice(1)
    const parameters = text.split('&')

    yield* as('queryMissing', '', 'usual')
    yield* as('questionMark', '?')
    for (const body of [text, asJson(text)]) {
      yield { code: 'queryInBody', change: { query: '', body } }
    }

    yield* as('queryDecoded', attempted(decodeURIComponent, sent), 'usual')
    yield* as('queryDecoded', attempted(decodeURIComponent, sent.replaceAll('+', ' ')))
    for (const encode of [encodeURIComponent, encodeStrictly, encodeForm]) {
      yield* as('queryReencoded', reencoded(parameters, encode))
    }
    yield* as('queryReencoded', attempted(encodeURI, sent))
    yield* as('queryReencoded', sent.replaceAll('+', '%20'))
    yield* as('queryReencoded', sent.replaceAll('%20', '+'))
    yield* as('queryReencoded', otherCase(sent))

    for (const [index, parameter] of parameters.slice(0, mostLeftOut).entries()) {
      const rest = parameters.toSpliced(index, 1)
      if (rest.length === 0) break
      const change = { query: `?${rest.join('&')}` }
      yield { code: 'queryParameterUnsigned', change, found: { sent: printable(parameter) } }
    }
    const present = [...new URLSearchParams(text).keys()]
    for (const parameter of unsentParameters({ method, path }, present, known)) {
      for (let place = parameters.length; place >= 0; place -= 1) {
        yield unsent(`?${parameters.toSpliced(place, 0, parameter).join('&')}`, parameter)
      }
    }

    yield* as('queryReordered', goEncoded(parameters))
    yield* as('queryReordered', `?${parameters.toSorted().join('&')}`, 'usual')
    yield* as('queryReordered', `?${parameters.toReversed().join('&')}`, 'usual')
    if (parameters.length > 5) return
    for (const order of permutations(parameters)) {
      yield* as('queryReordered', `?${order.join('&')}`, 'rare')
    }
  },
}

const unsent = (query: string, parameter: string): Mutation => ({
  code: 'queryParameterUnsent',
  change: { query },
  found: { signed: printable(parameter) },
})

/** Parameters that the signer may have left out: documented ones, and what goes by a known name. */
const unsentParameters = (
  { method, path }: Operation,
  present: readonly string[],
  known: SigningContext['known'],
): string[] => {
  const row = endpointsAt(path).find((each) => each.method === method)
  const names = new Set([...Object.keys(row?.request.query?.shape ?? {}), 'mchid'])

  return [...names]
    .filter((name) => !present.includes(name))
    .flatMap((name) => ['', ...(known[name] ?? [])].map((value) => `${name}=${value}`))
}

/** What Go's Values.Encode writes: sorted by name, blanks as +. */
const goEncoded = (parameters: readonly string[]): string => {
  const entries = [...new URLSearchParams(parameters.join('&'))]
  const encode = (text: string) => encodeStrictly(text).replaceAll('%20', '+')
  return `?${entries
    .toSorted(([one], [other]) => (one < other ? -1 : Number(one > other)))
    .map((entry) => entry.map(encode).join('='))
    .join('&')}`
}

const asJson = (text: string) => JSON.stringify(Object.fromEntries(new URLSearchParams(text)))

const reencoded = (parameters: readonly string[], encode: (text: string) => string) => {
  const again = (part: string) =>
    attempted((text) => encode(decodeURIComponent(text.replaceAll('+', ' '))), part) ?? part
  return `?${parameters.map((parameter) => parameter.split('=').map(again).join('=')).join('&')}`
}

/** What `encode` makes of the text; nothing where it cannot be done. */
const attempted = (encode: (text: string) => string, text: string): string | undefined => {
  try {
    return encode(text)
  } catch {
    return undefined
  }
}

const hexOf = (letter: string) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`

/** Percent-encodes all but the unreserved characters of RFC 3986. */
const encodeStrictly = (text: string): string =>
  (attempted(encodeURIComponent, text) ?? text).replace(/[!'()*]/g, hexOf)

/** Percent-encodes as forms do. */
const encodeForm = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1)

/** The percent escapes in the other letter case. */
const otherCase = (text: string): string =>
  text.replace(/%[0-9a-f]{2}/gi, (code) =>
    code === code.toUpperCase() ? code.toLowerCase() : code.toUpperCase(),
  )
