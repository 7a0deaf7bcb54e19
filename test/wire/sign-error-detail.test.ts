import { expect, test } from 'vitest'
import { startSandbox } from '../support/sandbox.ts'
import { type RawRequest, send } from './raw-request.ts'
import { seed, seedRequest } from './seed-request.ts'
import { now, signed } from './signed-request.ts'

const nonce_str = 'n5QzvWmW369D7cHo36epwZ5UGhJ5DD3t'

/** The body of the refusal of a signature that does not fit, and the time it speaks of. */
const refusalOf = async (request: RawRequest) => {
  const { port, credentials } = await startSandbox()
  const timestamp = String(now())
  const signature = Buffer.alloc(256).toString('base64')
  const forged = signed(credentials, { ...request, nonce_str, timestamp }, { signature })
  const answer = await send(port, forged)

  expect(answer.status).toBe(401)
  expect(answer.header('Request-ID')).toMatch(/-268443699$/)
  expect(answer.lines.join()).not.toContain('Wechatpay-')
  return { body: answer.body, timestamp }
}

test('says what the platform built to verify, as in the observed answer', async () => {
  const { body, timestamp } = await refusalOf({})

  expect(body).toBe(
    String.raw`{"code":"SIGN_ERROR","detail":{"detail":{"issue":"sign not match"},"field":"signature","location":"authorization","sign_information":{"method":"GET","sign_message_length":66,"truncated_sign_message":"GET\n/v3/certificates\n${timestamp}\n${nonce_str}\n\n","url":"/v3/certificates"}},"message":"错误的签名，验签失败"}`,
  )
})

test('says the target with its query, as it came', async () => {
  const target = '/v3/certificates?algorithm_type=RSA&x=%7C*'
  const { body, timestamp } = await refusalOf({ target })

  expect(JSON.parse(body).detail.sign_information).toEqual({
    method: 'GET',
    sign_message_length: 66 - '/v3/certificates'.length + target.length,
    truncated_sign_message: `GET\n${target}\n${timestamp}\n${nonce_str}\n\n`,
    url: target,
  })
})

test.each([
  ['cuts the body to eight bytes', '{"amount":{"total":1}}', '{"amount'],
  ['keeps the blanks of the body', '{  "appid":"wx1"}', '{  "appi'],
  ['shows a short body whole', '{"a":1}', '{"a":1}'],
  ['drops a character of which two bytes of three are left', '{"a":"订单"}', '{"a":"'],
  ['drops a character of which one byte of two is left', '{"ab":"é"}', '{"ab":"'],
  ['drops a character of which three bytes of four are left', '{"":"😀"}', '{"":"'],
  ['keeps a character that ends with the eighth byte', '{"":"订"}', '{"":"订'],
  ['shows the line feed at the end of a short body', '{}\n', '{}\n'],
])('%s and counts all its bytes', async (_, body, shown) => {
  const refusal = await refusalOf(seedRequest(body))
  const head = `POST\n${seed}\n${refusal.timestamp}\n${nonce_str}\n`

  expect(JSON.parse(refusal.body).detail.sign_information).toEqual({
    method: 'POST',
    sign_message_length: Buffer.byteLength(`${head}${body}\n`),
    truncated_sign_message: `${head}${shown}\n`,
    url: seed,
  })
})
