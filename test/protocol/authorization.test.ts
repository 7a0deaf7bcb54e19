import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Authorization,
  formatAuthorization,
  parseAuthorization,
  scheme,
  schemeOf,
} from '../../contracts/protocol/authorization.ts'
import { ProtocolError } from '../../contracts/protocol/protocol-error.ts'
import { vectorsOf } from './vectors.ts'

const published = vectorsOf('authorization-header')
const ours = published.filter((vector) => vector.scheme === scheme)

const members: Authorization = {
  mchid: '1900000001',
  nonce_str: 'avji78gwc1',
  signature: 'c2lnbmF0dXJl',
  timestamp: '1554208460',
  serial_no: '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB',
}
const headerOf = (pairs: readonly (readonly [string, string])[], comma = ',') =>
  `${scheme} ${pairs.map(([name, value]) => `${name}="${value}"`).join(comma)}`
const withMember = (name: keyof Authorization, value: string) =>
  headerOf(Object.entries({ ...members, [name]: value }))
const malformed = (reason: string) =>
  expect.objectContaining({
    code: 'AUTHORIZATION_MALFORMED',
    message: `Authorization cannot be read: ${reason}.`,
  })

test.each(ours)('$id is written letter for letter', (vector) => {
  expect(formatAuthorization(vector.members)).toBe(vector.expected_header)
})

// Two of them bear a made-up scheme and the order of their SDK, so only reading is compared.
test.each(published)('$id is read', (vector) => {
  expect(schemeOf(vector.expected_header)).toBe(vector.scheme)
  expect(parseAuthorization(vector.expected_header)).toEqual(vector.members)
})

test.each([
  ['PHP, axios', ['mchid', 'serial_no', 'timestamp', 'nonce_str', 'signature']],
  ['Go, Java, node-v3', ['mchid', 'nonce_str', 'timestamp', 'serial_no', 'signature']],
  ['Python', ['mchid', 'nonce_str', 'signature', 'timestamp', 'serial_no']],
  ['Postman', ['mchid', 'serial_no', 'nonce_str', 'timestamp', 'signature']],
  ['nobody', ['signature', 'timestamp', 'serial_no', 'nonce_str', 'mchid']],
] as const)('the order of %s is read', (_client, order) => {
  expect(parseAuthorization(headerOf(order.map((name) => [name, members[name]])))).toEqual(members)
})

test.each([', ', ' ,', '\t,  '])('white space around commas is read: %j', (comma) => {
  expect(parseAuthorization(headerOf(Object.entries(members), comma))).toEqual(members)
})

test('members that WeChat does not name are passed over', () => {
  const header = headerOf([['brand_id', '1'], ...Object.entries(members)])

  expect(parseAuthorization(header)).toEqual(members)
})

test.each(['avji78gwc1', '0f2f6a3e-7e2b-4f6e-8a39-0c2f5d1e9b77', 'one,two', 'x'.repeat(128)])(
  'the nonce %s is read',
  (nonce) => {
    expect(parseAuthorization(withMember('nonce_str', nonce)).nonce_str).toBe(nonce)
  },
)

test.each(['x'.repeat(129), 'two words', 'line\nfeed', 'ü'])('the nonce %j is refused', (nonce) => {
  expect(() => parseAuthorization(withMember('nonce_str', nonce))).toThrow(
    malformed('nonce_str is not visible ASCII'),
  )
})

test.each(['now', '-1', '1554208460.5', '0x5CA35B4C', '1'.repeat(13)])(
  'the timestamp %s is refused',
  (timestamp) => {
    expect(() => parseAuthorization(withMember('timestamp', timestamp))).toThrow(
      malformed('timestamp is not a number'),
    )
  },
)

test.each(Object.keys(members))('a header without %s is refused', (name) => {
  const rest = Object.entries(members).filter(([member]) => member !== name)

  expect(() => parseAuthorization(headerOf(rest))).toThrow(malformed(`${name} is missing`))
})

test('an empty member counts as missing', () => {
  expect(() => parseAuthorization(withMember('serial_no', ''))).toThrow(
    malformed('serial_no is missing'),
  )
})

test('a member that appears twice is refused', () => {
  const header = headerOf([...Object.entries(members), ['mchid', '1900000002']])

  expect(() => parseAuthorization(header)).toThrow(malformed('mchid appears twice'))
})

test.each([
  '',
  scheme,
  'Bearer token',
  `${scheme} mchid=1900000001`,
  `${scheme} mchid='1900000001'`,
  `${headerOf(Object.entries(members))},`,
])('what is no list of members is refused: %s', (header) => {
  expect(() => parseAuthorization(header)).toThrow(malformed('a member is not key="value"'))
})

test('no text makes the reader fail in another way', () => {
  const piece = fc.constantFrom(...Object.keys(members), '="', '"', ',', ' ', '=', 'a', '1', '\n')

  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      try {
        parseAuthorization(`${scheme} ${pieces.join('')}`)
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError)
      }
    }),
  )
})
