import { expect, test } from 'vitest'
import { diagnoseAnswer } from '../../contracts/diagnosis/diagnose.ts'
import {
  codesOf,
  keys,
  nonce,
  others,
  platformSerial,
  publicKeyId,
  rsa,
  stranger,
  timestamp,
} from './signer.ts'

const platform = others['platform-certificate'].privateKey
const publicKeyPrivate = others['platform-public-key'].privateKey
const body = '{"state":"DONE","out_order_no":"A1","service_introduction":"租借/充电","total":1.0}'

type Received = { headers?: Record<string, string>; body?: string | Uint8Array; now?: number }

/** What is said of an answer whose signed body is `body`, after something happened to it. */
const diagnosed = ({ headers = {}, body: received = body, now }: Received = {}) => {
  const all = new Map(
    Object.entries({
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': nonce,
      'wechatpay-serial': platformSerial,
      'wechatpay-signature': rsa(`${timestamp}\n${nonce}\n${body}\n`, platform),
      ...headers,
    }),
  )
  const answer = { header: (name: string) => all.get(name), body: Buffer.from(received) }

  return diagnoseAnswer(answer, { keys, ...(now !== undefined && { now }) })
}

test('says that a genuine answer is sound', () => {
  expect(diagnosed()).toMatchObject({ verdict: 'sound', mistakes: [] })
})

test.each<[string, Received]>([
  ['answerBodyReserialised', { body: JSON.stringify(JSON.parse(body)) }],
  ['answerBodyReserialised', { body: body.replaceAll('":', '": ').replaceAll(',"', ', "') }],
  ['answerBodyTrimmed', { body: `${body}\n` }],
  ['answerBodyReplaced', { body: JSON.stringify(body) }],
  ['answerBodyDecoded', { body: Buffer.from(body).toString('latin1') }],
  ['answerBodyDecoded', { body: `\ufeff${body}` }],
  ['answerSerialOther', { headers: { 'wechatpay-serial': publicKeyId } }],
  [
    'answerSerialUnknown',
    {
      headers: {
        'wechatpay-serial': '7'.repeat(40),
        'wechatpay-signature': rsa('x', stranger.privateKey),
      },
    },
  ],
  ['answerProbe', { headers: { 'wechatpay-signature': `WECHATPAY/SIGNTEST/${'a'.repeat(300)}` } }],
  ['answerHeadersMissing', { headers: { 'wechatpay-signature': '' } }],
  ['answerTimestampOff', { now: (Number(timestamp) + 301) * 1000 }],
  ['answerTimestampOff', { now: (Number(timestamp) - 301) * 1000 }],
])('names %s, alone', (code, received) => {
  expect(codesOf(diagnosed(received))).toEqual([code])
})

test('finds that the platform signed nothing where something was verified', () => {
  const signature = rsa(`${timestamp}\n${nonce}\n\n`, publicKeyPrivate)
  const headers = { 'wechatpay-signature': signature, 'wechatpay-serial': publicKeyId }
  const diagnosis = diagnosed({ headers, body: 'null' })

  expect(codesOf(diagnosis)).toEqual(['answerBodyReplaced'])
  expect(diagnosis.mistakes[0]?.sentence).toContain('signed is nothing; null was verified')
})

test('says of a body that was changed on the way who signed, and that it was another text', () => {
  const { verdict, mistakes, facts } = diagnosed({ body: body.replace('DONE', 'DOING') })

  expect({ verdict, mistakes }).toEqual({ verdict: 'unexplained', mistakes: [] })
  expect(facts.join()).toContain('made with the key of the platform certificate')
})

test('says of a forged signature that no known key made it', () => {
  const headers = { 'wechatpay-signature': Buffer.alloc(256, 7).toString('base64') }

  expect(diagnosed({ headers })).toMatchObject({
    verdict: 'unexplained',
    mistakes: [],
    facts: [expect.stringContaining('No known key'), expect.any(String)],
  })
})

test('a probe is nobody’s mistake', () => {
  const headers = { 'wechatpay-signature': 'WECHATPAY/SIGNTEST/abc' }

  expect(diagnosed({ headers }).mistakes[0]).toMatchObject({
    sentence: expect.stringContaining('nobody made a mistake'),
    fix: expect.stringContaining('comes again'),
  })
})
