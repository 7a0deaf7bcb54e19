/**
 * Requests out of the schemas of the endpoint table, as they are allowed or broken in one place.
 * @module
 */
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import type { MerchantCredentials } from '../../contracts/credentials.ts'
import type { Endpoint } from '../../contracts/endpoint.ts'
import { endpoints } from '../../contracts/endpoints.ts'
import { isObject } from '../../contracts/json.ts'
import { fillTemplate } from '../../contracts/paths.ts'
import { signedBody } from '../../contracts/protocol/multipart.ts'
import type { CallRequest } from '../../contracts/suite/interaction.ts'
import { authorizationOf, type Members, membersFor, now } from '../wire/signed-request.ts'
import { allowedMembers } from './allowed-values.ts'
import { damaged } from './damaged-text.ts'

/** What is broken about a request. */
const places = [
  'nothing',
  'member',
  'body',
  'query',
  'target',
  'method',
  'header',
  'authorization',
  'multipart',
] as const
type Place = (typeof places)[number]

/** A request as it is sent, signature and all. */
export type AnyRequest = {
  broken: Place
  method: string
  target: string
  headers: readonly (readonly [name: string, value: string])[]
  body: Buffer
}

type Values = { query: unknown; body: unknown }
type Unsigned = Omit<AnyRequest, 'broken'>

const weights: Record<Place, number> = {
  nothing: 8,
  member: 8,
  body: 3,
  query: 2,
  target: 2,
  method: 1,
  header: 2,
  authorization: 4,
  multipart: 1,
}

/** Any request of an operation; where nothing else is said it is like one that is known to fit. */
export const anyRequest = (
  good: CallRequest,
  credentials: MerchantCredentials,
): fc.Arbitrary<AnyRequest> => {
  const broken = fc.oneof(
    ...places.map((place) => ({ weight: weights[place], arbitrary: fc.constant(place) })),
  )

  return broken.chain((place) =>
    valuesOf(good)
      .chain((values) => (place === 'member' ? brokenMember(values) : fc.constant(values)))
      .map((values) => messageOf(good, values))
      .chain((message) => breakMessage[place]?.(message) ?? fc.constant(message))
      .chain((message) =>
        authorizationsFor(message, credentials, place === 'authorization').map((value) => ({
          ...message,
          broken: place,
          headers: [...message.headers, ['Authorization', value] as const],
        })),
      ),
  )
}

const valuesOf = ({ endpoint, query, body }: CallRequest): fc.Arbitrary<Values> => {
  const { request }: Endpoint = endpoints[endpoint]
  return fc.constantFrom(2 as const, 18 as const).chain((density) =>
    fc.record({
      query: request.query ? allowedMembers(request.query, query, density) : fc.constant({}),
      body: request.body ? allowedMembers(request.body, body, density) : fc.constant(undefined),
    }),
  )
}

const usual = [
  ['User-Agent', 'any'],
  ['Accept', 'application/json'],
  ['Accept-Language', 'zh-CN'],
] as const

const messageOf = ({ endpoint, path }: CallRequest, { query, body }: Values): Unsigned => {
  const { method, path: template }: Endpoint = endpoints[endpoint]
  const filled = fillTemplate(template, (name) => encodeURIComponent(path?.[name] ?? ''))
  const present = isObject(query)
    ? Object.entries(query).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)] as const],
      )
    : []
  const search = new URLSearchParams(Object.fromEntries(present)).toString()

  return {
    method,
    target: search === '' ? filled : `${filled}?${search}`,
    headers: method === 'GET' ? usual : [...usual, ['Content-Type', 'application/json']],
    body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
  }
}

/** Values of every type, and the edges of each. */
const anything: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, '', ' ', 0, -1, 0.5, 2 ** 53, -(2 ** 63), [], {}, [[]]),
  fc.constantFrom('课'.repeat(3000), '\0', '\u{1F600}', '\uD800', '1', '-1', '20091225', 'null'),
  fc.jsonValue({ maxDepth: 3 }),
  fc.integer({ min: 10, max: 4000 }).map(nested),
)

function nested(depth: number): unknown {
  return JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`)
}

/** One member of body or query, at any depth, is another value, is gone, or has one beside it. */
const brokenMember = (values: Values): fc.Arbitrary<Values> => {
  const first: [Path, string] = [['body'], 'extra']
  const holders = [first, ...holdersIn(values)]

  return fc
    .record({
      at: fc.nat({ max: holders.length - 1 }),
      value: fc.oneof(anything, fc.constant(undefined)),
      added: fc.option(fc.constantFrom('extra', 'outTradeNo', '__proto__', 'toString', ''), {
        freq: 3,
      }),
    })
    .map(({ at, value, added }) => {
      const [holder, member] = holders[at] ?? first
      return replaced(values, [...holder, added ?? member], value)
    })
    .map(({ query, body }: Partial<Values>) => ({ query, body }))
}

type Path = readonly string[]

/** Every member, as the path of what holds it and its name. */
const holdersIn = (value: unknown, path: Path = []): (readonly [Path, string])[] =>
  isObject(value)
    ? Object.entries(value).flatMap(([name, member]) => [
        ...(path.length === 0 ? [] : [[path, name] as const]),
        ...holdersIn(member, [...path, name]),
      ])
    : []

const replaced = (whole: unknown, [name, ...rest]: Path, value: unknown): object => {
  const copy: object = Array.isArray(whole) ? [...whole] : { ...Object(whole) }
  const before = Object.entries(copy).find(([each]) => each === name)?.[1]
  // Not by assignment: `__proto__` is to be a member like any other.
  Object.defineProperty(copy, name ?? '', {
    value: rest.length === 0 ? value : replaced(before, rest, value),
    enumerable: true,
    configurable: true,
    writable: true,
  })
  return copy
}

const breakMessage: Partial<Record<Place, (message: Unsigned) => fc.Arbitrary<Unsigned>>> = {
  body: (message) =>
    fc
      .oneof(
        { weight: 3, arbitrary: damaged(message.body.toString()).map((text) => Buffer.from(text)) },
        fc.constantFrom(...otherBodies(message.body)),
        fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
      )
      .map((body) => ({ ...message, body })),

  query: (message) => {
    const [path = '', query = ''] = message.target.split('?')
    return fc
      .oneof(
        damaged(query),
        fc.constantFrom('a=1', 'sub_mchid', '=', '&&', '?', '%', 'a=%ZZ', '__proto__=1', query),
      )
      .map((other) => {
        const sent = [query, other].filter((each) => each !== '').join('&')
        return { ...message, target: `${path}?${visible(sent)}` }
      })
  },

  target: (message) =>
    damaged(message.target).map((target) => ({
      ...message,
      target: visible(target.startsWith('/') ? target : `/${target}`),
    })),

  method: (message) =>
    fc
      .constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'PROPFIND', 'TRACE')
      .map((method) => ({ ...message, method })),

  header: (message) =>
    fc
      .tuple(fc.subarray([...message.headers]), fc.array(otherHeader, { maxLength: 3 }))
      .map(([kept, added]) => ({ ...message, headers: [...kept, ...added] })),

  multipart: (message) =>
    fc
      .record({
        boundary: fc.constantFrom('x', '-', 'a b', '"q"', ''),
        named: fc.constantFrom('x', '-', '"q"', '', 'other'),
        name: fc.constantFrom('meta', 'file', ''),
      })
      .map(({ boundary, named, name }) => ({
        ...message,
        headers: [
          ...usual,
          ['Content-Type', `multipart/form-data${named && `; boundary=${named}`}`] as const,
        ],
        body: Buffer.from(
          `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${message.body}\r\n--${boundary}--\r\n`,
        ),
      })),
}

const otherBodies = (body: Buffer): Buffer[] => {
  const text = body.toString()
  return [
    Buffer.alloc(0),
    gzipSync(body),
    Buffer.from(text, 'utf16le'),
    Buffer.from(text, 'latin1'),
    Buffer.from(`\uFEFF${text}`),
    Buffer.from(JSON.stringify(text)),
    Buffer.from(`[${text}]`),
    Buffer.from(text.replaceAll('"', "'")),
    Buffer.from('['.repeat(30_000)),
    Buffer.from(`{"a":${'['.repeat(9000)}${']'.repeat(9000)}}`),
    ...['null', '1', '"a"', 'a=1&b=2', '<xml/>', '{"a":1,"a":2}', '{"a":1e400}'].map((each) =>
      Buffer.from(each),
    ),
  ]
}

/** What may stand in a request line. */
const visible = (target: string): string => target.replace(/[^\x21-\x7e]/g, '')

const otherHeader = fc.constantFrom(
  ['User-Agent', ''] as const,
  ['Accept', '*/*'] as const,
  ['Accept', 'text/html'] as const,
  ['Accept-Language', '*'] as const,
  ['Accept-Language', 'xx, *;q=0.1'] as const,
  ['Content-Type', 'text/plain'] as const,
  ['Content-Type', 'application/json; charset=GBK'] as const,
  ['Content-Type', ''] as const,
  ['Content-Encoding', 'gzip'] as const,
  ['Accept-Encoding', 'gzip, br'] as const,
  ['Wechatpay-Serial', 'PUB_KEY_ID_0'] as const,
  ['Wechatpay-Serial', 'ABCDEF'] as const,
  ['If-None-Match', '*'] as const,
  ['Range', 'bytes=0-1'] as const,
  ['X-HTTP-Method-Override', 'DELETE'] as const,
  ['Cookie', '__proto__=1'] as const,
  ['Origin', 'https://example.com'] as const,
)

/** A good Authorization or, if it is to be broken, one with another member or a damaged text. */
const authorizationsFor = (
  { method, target, headers, body }: Unsigned,
  credentials: MerchantCredentials,
  isBroken: boolean,
): fc.Arbitrary<string> => {
  const [, contentType] = headers.find(([name]) => name === 'Content-Type') ?? []
  const toSign = { method, target, body: signedBody(contentType, body) }
  const nonces = fc.stringMatching(/^[0-9a-f]{32}$/)

  return nonces.chain((nonce_str) => {
    const members = membersFor(credentials, { ...toSign, nonce_str })
    const good = authorizationOf(members)
    if (!isBroken) return fc.constant(good)

    return fc
      .oneof(
        damaged(good),
        fc.constantFrom('', 'Bearer x', 'WECHATPAY2-SHA256-RSA2048', good.toLowerCase()),
        otherMember(members, credentials).map((changed) => authorizationOf(changed)),
        fc
          .constantFrom(', ', ';', ' ', ',,', '\t,\t')
          .map((separator) => authorizationOf(members, separator)),
      )
      .map(visibleLine)
  })
}

/** What may stand in a header; what is around it would be taken off on the way. */
const visibleLine = (value: string): string => value.replace(/[^\x20-\x7e\t]/g, '').trim()

const otherMember = (
  members: Members,
  { merchantSerial, platformSerial }: MerchantCredentials,
): fc.Arbitrary<Partial<Members>> => {
  const other: { [Name in keyof Members]: readonly string[] } = {
    mchid: ['', '1', '1900000109', 'x'.repeat(300)],
    nonce_str: ['', 'a', 'a b', 'x'.repeat(129)],
    timestamp: ['', '0', '-1', '1e9', '99999999999999', String(now() - 1000), `${now()}000`],
    serial_no: ['', 'AB', merchantSerial.toLowerCase(), `0${merchantSerial}`, platformSerial],
    signature: ['', 'AA==', '!', members.signature.slice(4), members.signature.replace('=', '')],
  }

  return fc
    .constantFrom('mchid', 'nonce_str', 'timestamp', 'serial_no', 'signature')
    .chain((name) =>
      fc.constantFrom(...other[name]).map((value) => ({ ...members, [name]: value })),
    )
}
