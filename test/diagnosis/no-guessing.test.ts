import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  codesOf,
  diagnosed,
  headerOf,
  linesOf,
  membersWith,
  order,
  rsa,
  signedAs,
  stranger,
} from './signer.ts'

test('names nothing when an unknown text was signed, and says what is certain', () => {
  const { verdict, mistakes, facts, difference } = signedAs(order, 'something else')

  expect({ verdict, mistakes, difference }).toEqual({ verdict: 'unexplained', mistakes: [] })
  expect(facts.join('\n')).toMatch(
    /^The signature was made with the merchant's own key \(mchid 1900000001, serial 1DDE\w+\)\.\nIt is RSA PKCS#1 v1\.5; the SHA-256 of the text that was signed is [0-9a-f]{64}\.\nIt is none of the \d+ texts .*\nThe text that must be signed has \d+ bytes, and their SHA-256 is [0-9a-f]{64}\.$/,
  )
})

test.each([
  ['random bytes', () => randomBytes(256).toString('base64')],
  ['the key of a stranger', () => rsa(linesOf(order), stranger.privateKey)],
])('names nothing for %s', (_, signature) => {
  const { verdict, mistakes, facts } = diagnosed(order, headerOf(membersWith(signature())))

  expect({ verdict, mistakes }).toEqual({ verdict: 'unexplained', mistakes: [] })
  expect(facts[0]).toContain('No known key made this signature')
})

test.each([
  ['AAAA', 'It has 3 bytes; a signature with the merchant’s key has 256.'.replace('’', "'")],
  ['not base64!', 'It is not Base64.'],
])('says what is odd about the signature %s', (signature, oddity) => {
  expect(diagnosed(order, headerOf(membersWith(signature))).facts).toContain(oddity)
})

test('names nothing for any letter put into the text that is of no known kind', () => {
  const text = linesOf(order)
  const spot = fc.integer({ min: 6, max: text.length - 3 })
  const letter = fc.constantFrom('q', 'Q', '7', '~', '订')

  fc.assert(
    fc.property(spot, letter, (at, added) => {
      const diagnosis = signedAs(order, text.slice(0, at) + added + text.slice(at), {
        effort: 4000,
      })
      expect(codesOf(diagnosis).filter((code) => !/^(nonce|timestamp)/.test(code))).toEqual([])
    }),
    { numRuns: 60 },
  )
})

test('never accuses what is signed right', () => {
  const request = fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
    target: fc.webPath().map((path) => `/v3${path}`),
    body: fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.constant('')),
  })

  fc.assert(
    fc.property(request, (sent) => {
      expect(signedAs(sent, linesOf(sent))).toMatchObject({ verdict: 'sound', mistakes: [] })
    }),
    { numRuns: 60 },
  )
})
