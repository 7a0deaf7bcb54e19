import { createHash, createHmac } from 'node:crypto'
import { deflateSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { diagnoseAnswer } from '../../contracts/diagnosis/diagnose.ts'
import {
  codesOf,
  diagnosed,
  headerOf,
  keys,
  linesOf,
  membersWith,
  nonce,
  order,
  others,
  platformSerial,
  rsa,
  type Sent,
  signedAs,
  subMchid,
  timestamp,
} from './signer.ts'

const target = '/v3/payscore/serviceorder'
const fields = ['POST', target, timestamp, nonce] as const
const posted = (body: string | Uint8Array, headers = {}): Sent => ({
  method: 'POST',
  target,
  body,
  headers,
})
const got = (query: string): Sent => ({ method: 'GET', target: `${target}?${query}`, body: '' })
const flat = '{"out_order_no":"A1","total":2,"note":"租借"}'
const compact = (body: string) => linesOf(posted(body))
const cancelTarget = '/v3/payscore/partner/serviceorder/A1/cancel'
const planTarget = '/v3/payscore/plan/partner/payscore-plans/merchant-plan-no/P1'
const refund = (more: string) =>
  `{"transaction_id":"4","out_refund_no":"R1","amount":{"refund":1,"total":2${more}}}`
const template = (indent: string, end: string) => `${[...fields, flat].join(`\n${indent}`)}${end}`

test.each<[codeAndCase: string, sent: Sent, signed: string]>([
  ['bodyReserialised: a number for text', posted('{"a":"2","b":1}'), compact('{"a":2,"b":1}')],
  ['bodyReserialised: text for a number', posted('{"a":[2,3]}'), compact('{"a":[2,"3"]}')],
  ['bodyReserialised: 2.00 for 2', posted(flat), compact(flat.replace('2,', '2.00,'))],
  [
    'bodyReserialised: a null that was dropped',
    posted('{"out_order_no":"A1","service_id":"5"}'),
    compact('{"out_order_no":"A1","service_id":"5","appid":null}'),
  ],
  ['bodyMemberUnsigned: a member more', posted(flat), compact(flat.replace('"total":2,', ''))],
  [
    'bodyMemberUnsigned: a member more inside',
    posted('{"a":{"b":1,"c":2}}'),
    compact('{"a":{"b":1}}'),
  ],
  [
    'bodyMemberUnsent: an mchid that was left out',
    posted(flat),
    compact(flat.replace('}', ',"mchid":"1900000001"}')),
  ],
  [
    'bodyMemberUnsent: the number of the path',
    { ...posted('{"sub_mchid":"1900000109","reason":"a"}'), target: cancelTarget },
    linesOf({
      ...posted('{"sub_mchid":"1900000109","out_order_no":"A1","reason":"a"}'),
      target: cancelTarget,
    }),
  ],
  [
    'bodyMemberUnsent: the sub-merchant',
    { ...posted('{"reason":"a"}'), target: cancelTarget },
    linesOf({ ...posted(`{"reason":"a","sub_mchid":"${subMchid}"}`), target: cancelTarget }),
  ],
  [
    'bodyMemberUnsent: one of a few choices, inside',
    { ...posted(refund(''), {}), target: '/v3/refund/domestic/refunds' },
    linesOf({ ...posted(refund(',"currency":"CNY"')), target: '/v3/refund/domestic/refunds' }),
  ],
  ['bodyMemberUnsent: an empty text', posted(flat), compact(flat.replace('}', ',"attach":""}'))],
  [
    'bodyMemberUnsent: an empty list first',
    posted(flat),
    compact(flat.replace('{', '{"post_payments":[],')),
  ],
  ['bodyCompressed: gzip', posted(gzipSync(flat), { 'content-encoding': 'gzip' }), compact(flat)],
  [
    'bodyCompressed: deflate',
    posted(deflateSync(flat), { 'content-encoding': 'deflate' }),
    compact(flat),
  ],
  ['bodyPlaceholder: [object Object]', posted(flat), compact('[object Object]')],
  [
    'bodyPrinted: Python’s str()',
    posted('{"a":"租\'","b":[1,null],"c":true}'),
    compact(`{'a': "租'", 'b': [1, None], 'c': True}`),
  ],
  [
    'bodyPrinted: Java’s toString()',
    posted(flat),
    compact('{out_order_no=A1, total=2, note=租借}'),
  ],
  ['bodyPrinted: Go’s %v', posted(flat), compact('map[note:租借 out_order_no:A1 total:2]')],
  [
    'bodyHtmlEscaped: htmlspecialchars',
    posted('{"a":"<b>"}'),
    compact('{&quot;a&quot;:&quot;&lt;b&gt;&quot;}'),
  ],
  ['bodyHtmlEscaped: Go’s', posted('{"a":1}'), compact('{&#34;a&#34;:1}')],
  ['bodyHtmlUnescaped: HTML sent', posted('{&quot;a&quot;:1}'), compact('{"a":1}')],
  ['bodySentAsForm: a form sent', posted('a=1&b=%E7%A7%9F'), compact('{"a":"1","b":"租"}')],
  ['bodySentAsForm: numbers of a form', posted('a=1&b=c'), compact('{"a":1,"b":"c"}')],
  ['encodedAsAscii: ? for each byte', posted('{"a":"租"}'), compact('{"a":"???"}')],
  ['encodedAsAscii: letters left out', posted('{"a":"租"}'), compact('{"a":""}')],
  [
    'queryParameterUnsigned: a parameter more',
    got('service_id=5&out_order_no=A1'),
    linesOf(got('service_id=5')),
  ],
  [
    'queryParameterUnsent: an mchid that was left out',
    got('service_id=5'),
    linesOf(got('service_id=5&mchid=1900000001')),
  ],
  [
    'queryParameterUnsent: all of the query',
    { ...got(''), target: planTarget },
    linesOf({ ...got(''), target: `${planTarget}?sub_mchid=${subMchid}` }),
  ],
  [
    'queryReordered: Go’s Values.Encode',
    got('service_id=5&out_order_no=A%201&appid=w~x'),
    linesOf(got('appid=w~x&out_order_no=A+1&service_id=5')),
  ],
  ['lineFeedLeading: a line feed first', posted(flat), `\n${compact(flat)}`],
  ['linesIndented: four blanks', posted(flat), template('    ', '\n')],
  ['linesIndented: four blanks, two at the end', posted(flat), template('    ', '\n  ')],
  ['linesIndented: tabs from the first line on', posted(flat), `\n\t${template('\t', '\n\t')}`],
  ['apiv2Text: APIv2', posted(flat), 'note=租借&out_order_no=A1&total=2'],
])('proves %s', (codeAndCase, sent, signed) => {
  const [code] = codeAndCase.split(':')
  const diagnosis = signedAs(sent, signed)

  expect(codesOf(diagnosis)).toEqual([code])
  expect(diagnosis.verdict).toBe('explained')
  expect(signedAs(sent, signed, { effort: 20_000 }).verdict).toBe('explained')
})

test.each([
  ['{"a":"2"}', '{"a":2}', 'numbers as text (signed 2, not "2")'],
  ['{"out_order_no":"A1"}', '{"out_order_no":"A1","appid":null}', 'left out afterwards'],
  ['{"a":2}', '{"a":2.00}', 'numbers (signed 2.00, not 2)'],
])('says in what %s differs from %s', (sent, signed, words) => {
  expect(signedAs(posted(sent), compact(signed)).mistakes[0]?.sentence).toContain(words)
})

test('names the member and the parameter', () => {
  const sentenceOf = (sent: Sent, signed: string) => signedAs(sent, signed).mistakes[0]?.sentence

  expect(sentenceOf(posted(flat), compact(flat.replace('"total":2,', '')))).toContain('"total"')
  expect(sentenceOf(got('a=1&b=2'), linesOf(got('a=1')))).toContain('b=2')
})

// As Java 17 prints its HashMap after these were put in, in the order in which they are sent.
test.each([
  [
    'service_id appid out_order_no risk_fund openid x total_amount 租借',
    'total_amount openid service_id appid risk_fund x out_order_no 租借',
  ],
  [
    'key_a key_b key_c key_d key_e key_f key_g key_h key_i key_j key_k key_l key_m key_n key_o key_p key_q key_r key_s key_t',
    'key_s key_r key_q key_p key_t key_c key_b key_a key_g key_f key_e key_d key_k key_j key_i key_h key_o key_n key_m key_l',
  ],
])('proves the order of a HashMap: %s', (sent, signed) => {
  const json = (names: string) =>
    JSON.stringify(Object.fromEntries(names.split(' ').map((name) => [name, 'v'])))
  const { verdict, mistakes } = signedAs(posted(json(sent)), compact(json(signed)))

  expect(verdict).toBe('explained')
  expect(mistakes[0]?.sentence).toContain('differs from what was sent in the order of the keys.')
})

const apiKey = 'k'.repeat(32)
const hmac = createHmac('sha256', apiKey).update(linesOf(order))
const md5 = createHash('md5').update(`${linesOf(order)}&key=${apiKey}`)

test.each([
  ['HMAC-SHA256', hmac.digest('base64'), ['signatureIsKeyed']],
  ['MD5', md5.digest('hex').toUpperCase(), ['signatureHex', 'signatureIsKeyed']],
])('proves that %s was made with the APIv3 key, and shows no key', (name, signature, codes) => {
  const diagnosis = diagnosed(order, headerOf(membersWith(signature)), { apiKeys: ['x', apiKey] })

  expect(codesOf(diagnosis)).toEqual(codes)
  expect(JSON.stringify(diagnosis)).toContain(name)
  expect(JSON.stringify(diagnosis)).not.toContain(apiKey)
  expect(diagnosed(order, headerOf(membersWith(signature))).verdict).toBe('unexplained')
})

test.each<[string, string, Sent]>([
  ['bodyAbsent', 'no body', posted('')],
  ['bodyCutOff', 'a body that ends early', posted('{"out_order_no":"A1","appid":"w')],
  ['bodyOfOtherType', 'XML', posted('<xml><a>1</a></xml>')],
  ['bodyStillCompressed', 'gzip', posted(gzipSync('x'), { 'content-encoding': 'gzip' })],
])('says what is certain where the text is unknown: %s for %s', (code, _, sent) => {
  const diagnosis = signedAs(sent, compact('{"something":"else"}'))

  expect({ verdict: diagnosis.verdict, codes: codesOf(diagnosis) }).toEqual({
    verdict: 'unexplained',
    codes: [code],
  })
  expect(codesOf(signedAs(sent, linesOf(posted(flat))))).toEqual([code])
})

test.each<[string, Sent]>([
  ['a whole body', posted(flat)],
  ['no body where none is needed', got('service_id=5')],
  ['another path', { ...posted(''), target: '/v3/other' }],
  [
    'a body that may be absent',
    { ...posted(''), target: '/v3/payscore/plan/partner/payscore-plans/P1/stop' },
  ],
])('accuses no body of %s', (_, sent) => {
  expect(codesOf(signedAs(sent, 'something else'))).toEqual([])
})

const envelope =
  '{"id":"1","create_time":"2024-01-01T00:00:00+08:00","resource_type":"encrypt-resource","event_type":"PAYSCORE.USER_PAID","summary":"支付成功","resource":{"original_type":"payscore","algorithm":"AEAD_AES_256_GCM","ciphertext":"c","associated_data":"a","nonce":"n"}}'
const platform = others['platform-certificate'].privateKey

/** What is said of a message with this signed body that a program verified as another one. */
const verified = (signed: string, received: string | Uint8Array, headers = {}) => {
  const all = new Map(
    Object.entries({
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': nonce,
      'wechatpay-serial': platformSerial,
      'wechatpay-signature': rsa(`${timestamp}\n${nonce}\n${signed}\n`, platform),
      ...headers,
    }),
  )
  const header = (name: string) => all.get(name)
  return diagnoseAnswer({ header, body: Buffer.from(received) }, { keys })
}

const reordered = (text: string, names: readonly string[]) => {
  const value = JSON.parse(text)
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, value[name]])))
}

test.each([
  [
    'callback',
    envelope,
    reordered(envelope, [
      'summary',
      'event_type',
      'create_time',
      'resource',
      'id',
      'resource_type',
    ]),
  ],
  [
    'refusal',
    '{"code":"PARAM_ERROR","message":"参数错误","detail":{"field":"a"}}',
    '{"message":"参数错误","detail":{"field":"a"},"code":"PARAM_ERROR"}',
  ],
  [
    'refusal without null',
    '{"code":"PARAM_ERROR","message":"参数错误","detail":null}',
    '{"code":"PARAM_ERROR","message":"参数错误"}',
  ],
])('proves that a %s was verified in another order or without nulls', (_, signed, received) => {
  const { verdict, mistakes } = verified(signed, received)

  expect(mistakes.map(({ code }) => code)).toEqual(['answerBodyReserialised'])
  expect(verdict).toBe('explained')
})

test('proves that an answer was verified while it was compressed', () => {
  expect(codesOf(verified(envelope, gzipSync(envelope)))).toEqual(['answerBodyCompressed'])
})
