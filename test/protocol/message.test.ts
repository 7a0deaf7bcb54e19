import { expect, test } from 'vitest'
import { answerMessage, requestMessage } from '../../contracts/protocol/message.ts'
import { vectorsOf } from './vectors.ts'

const host = 'https://api.mch.weixin.qq.com'
const messageOf = (method: string, target: string, body = '') =>
  requestMessage({
    method,
    target,
    timestamp: '1554208460',
    nonce: 'avji78gwc1',
    body: Buffer.from(body),
  }).toString()

test.each(vectorsOf('request-message'))('$id is built letter for letter', (vector) => {
  const { url, absolute_url, body, ...rest } = vector.request
  const target = url ?? absolute_url?.slice(host.length) ?? ''

  expect(requestMessage({ ...rest, target, body: Buffer.from(body) }).toString()).toBe(
    vector.expected_message,
  )
})

test('an empty body still has its line', () => {
  expect(messageOf('DELETE', '/v3/certificates')).toBe(
    'DELETE\n/v3/certificates\n1554208460\navji78gwc1\n\n',
  )
})

test('a body that ends in a line feed ends the message with two', () => {
  expect(messageOf('POST', '/v3/certificates', '{}\n')).toMatch(/\navji78gwc1\n\{\}\n\n$/)
})

test.each(['/v3/a/%7C%2A?b=c%20d', '/v3/a/|*?b=c+d', '/v3/../a//b?'])(
  'the target %s is taken as it is',
  (target) => {
    expect(messageOf('GET', target).split('\n')[1]).toBe(target)
  },
)

test('bytes that are no text are kept', () => {
  const body = Uint8Array.of(0xff, 0x00, 0x0a)
  const message = answerMessage({ timestamp: '1', nonce: 'n', body })

  expect([...message]).toEqual([...Buffer.from('1\nn\n'), 0xff, 0x00, 0x0a, 0x0a])
})
