import { expect, test } from 'vitest'
import { codesOf, linesOf, nonce, order, type Sent, signedAs, timestamp } from './signer.ts'

const query: Sent = {
  method: 'GET',
  target: '/v3/payscore/serviceorder?out_order_no=A%2F1&service_id=5%2B5&appid=wx1',
  body: '',
}
const cancel: Sent = {
  ...order,
  target: '/v3/payscore/serviceorder/A%2f1/cancel',
  headers: {
    'x-original-uri': '/gate/v3/payscore/serviceorder/A%2f1/cancel',
    'x-nonce': 'other-1',
  },
}
const boundary = '----abc'
const meta = '{"filename":"a.png","sha256":"aa"}'
const file = Buffer.from([0x89, 0x50, 0xff, 0x00, 0x0d, 0x0a, 0x01])
const uploadBody = Buffer.concat([
  Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="meta";\r\nContent-Type: application/json\r\n\r\n${meta}\r\n--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.png";\r\nContent-Type: image/png\r\n\r\n`,
  ),
  file,
  Buffer.from(`\r\n--${boundary}--\r\n`),
])
const upload: Sent = {
  method: 'POST',
  target: '/v3/merchant/media/upload',
  body: uploadBody,
  headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
}

/** The five lines of what was sent, with some of them otherwise. */
const lines = (sent: Sent, { ts = timestamp, ...other }: Partial<Sent> & { ts?: string } = {}) =>
  linesOf({ ...sent, ...other }).replace(`\n${timestamp}\n`, `\n${ts}\n`)

const withNonce = (other: string) => linesOf(order).replace(nonce, other)
const around = (sent: Sent, body: Uint8Array) =>
  Buffer.concat([
    Buffer.from(`${sent.method}\n${sent.target}\n${timestamp}\n${nonce}\n`),
    body,
    Buffer.from('\n'),
  ])
const fields = [order.method, order.target, timestamp, nonce, String(order.body)] as const
const gbk = '\xd7\xe2\xbd\xe8/\xb3\xe4\xb5\xe7'
const inGbk = Buffer.from(String(order.body).replace('租借/充电', gbk), 'latin1')
// These two bytes are one letter in GBK, and another one in UTF-8.
const ambiguous = Buffer.from('{"a":"\xd7\xa1"}', 'latin1')
const mojibake = Buffer.from(String(order.body)).toString('latin1')

test.each<[string, Sent, string | Uint8Array]>([
  ['methodCase', order, lines(order, { method: 'post' })],
  ['methodCase', order, lines(order, { method: 'Post' })],
  ['methodOther', order, lines(order, { method: 'GET' })],
  ['methodOther', query, lines(query, { method: 'DELETE' })],

  ['urlWithHost', query, lines(query, { target: `https://127.0.0.1:8129${query.target}` })],
  ['urlWithHost', query, lines(query, { target: `http://127.0.0.1${query.target}` })],
  ['urlWithHost', query, lines(query, { target: `https://api.mch.weixin.qq.com${query.target}` })],
  ['urlWithHost', query, lines(query, { target: `127.0.0.1:8129${query.target}` })],
  ['prefixSigned', order, lines(order, { target: `/api${order.target}` })],
  ['prefixSigned', cancel, lines(cancel, { target: `/gate${cancel.target}` })],
  [
    'prefixSigned',
    { ...order, headers: { 'x-forwarded-prefix': '/own/' } },
    lines(order, { target: `/own${order.target}` }),
  ],
  ['prefixNotSigned', { ...order, target: `/x/y${order.target}` }, lines(order)],
  ['slashMissing', order, lines(order, { target: order.target.slice(1) })],
  ['versionMissing', order, lines(order, { target: order.target.slice(3) })],
  ['slashTrailing', order, lines(order, { target: `${order.target}/` })],
  ['pathDecoded', cancel, lines(cancel, { target: decodeURIComponent(cancel.target) })],
  ['pathReencoded', cancel, lines(cancel, { target: cancel.target.replace('%2f', '%2F') })],
  ['pathReencoded', cancel, lines(cancel, { target: encodeURI(cancel.target) })],
  [
    'pathNormalised',
    { ...order, target: '/v3//payscore' },
    lines(order, { target: '/v3/payscore' }),
  ],
  [
    'pathTemplate',
    cancel,
    lines(cancel, { target: '/v3/payscore/serviceorder/{out_order_no}/cancel' }),
  ],
  [
    'pathTemplate',
    cancel,
    lines(cancel, { target: '/v3/payscore/serviceorder/:out_order_no/cancel' }),
  ],

  ['queryMissing', query, lines(query, { target: '/v3/payscore/serviceorder' })],
  ['queryDecoded', query, lines(query, { target: decodeURIComponent(query.target) })],
  [
    'queryReordered',
    query,
    lines(query, {
      target: '/v3/payscore/serviceorder?appid=wx1&out_order_no=A%2F1&service_id=5%2B5',
    }),
  ],
  [
    'queryReordered',
    query,
    lines(query, {
      target: '/v3/payscore/serviceorder?service_id=5%2B5&appid=wx1&out_order_no=A%2F1',
    }),
  ],
  [
    'queryReencoded',
    query,
    lines(query, {
      target: query.target.replaceAll('%2', '%2').replace('%2F', '%2f').replace('%2B', '%2b'),
    }),
  ],
  [
    'queryReencoded',
    { ...query, target: '/v3/a?b=c+d' },
    lines(query, { target: '/v3/a?b=c%20d' }),
  ],
  [
    'queryReencoded',
    { ...query, target: '/v3/a?b=c%20d(e)' },
    lines(query, { target: '/v3/a?b=c%20d%28e%29' }),
  ],
  [
    'queryInBody',
    query,
    lines(query, {
      target: '/v3/payscore/serviceorder',
      body: 'out_order_no=A%2F1&service_id=5%2B5&appid=wx1',
    }),
  ],
  ['questionMark', order, lines(order, { target: `${order.target}?` })],
  ['questionMark', { ...order, target: `${order.target}?` }, lines(order)],

  ['timestampSignedInMilliseconds', order, lines(order, { ts: '1700000000000' })],
  ['timestampSignedInMilliseconds', order, lines(order, { ts: '1700000000999' })],
  ['timestampOther', order, lines(order, { ts: '1700000001' })],
  ['timestampOther', order, lines(order, { ts: '1699999700' })],
  ['nonceCase', order, withNonce(nonce.toLowerCase())],
  ['nonceDashes', order, withNonce('5K8264IL-TKCH-16CQ-2502-SI8ZNMTM67VS')],
  ['nonceEmpty', order, withNonce('')],
  ['nonceOther', order, withNonce('recently-used')],
  ['nonceOther', cancel, lines(cancel).replace(nonce, 'other-1')],
  [
    'nonceOther',
    { ...order, body: '{"nonce_str":"in-the-body"}' },
    lines(order, { body: '{"nonce_str":"in-the-body"}' }).replace(nonce, 'in-the-body'),
  ],

  ['bodyNotSigned', order, lines(order, { body: '' })],
  ...['{}', 'null', '[]', 'undefined'].map((body): [string, Sent, string] => [
    'bodyPlaceholder',
    query,
    lines(query, { body }),
  ]),
  ['bodyPlaceholder', order, lines(order, { body: '{}' })],
  ['bodyQuoted', order, lines(order, { body: JSON.stringify(order.body) })],
  ['bodyUnquoted', { ...order, body: JSON.stringify(order.body) }, lines(order)],
  ['bodyWhitespace', order, lines(order, { body: `${order.body}\r\n` })],
  ['bodyWhitespace', { ...order, body: `${order.body}\n` }, lines(order)],
  ['bodyWhitespace', { ...order, body: ` ${order.body} ` }, lines(order)],
  ['bodyLineEnds', { ...order, body: '{\r\n"a":1}' }, lines(order, { body: '{\n"a":1}' })],
  ['bodyForm', { ...order, body: '{"a":1,"b":"c"}' }, lines(order, { body: 'a=1&b=c' })],
  ['bodyBom', order, lines(order, { body: `\ufeff${order.body}` })],
  ['bodyBom', { ...order, body: `\ufeff${order.body}` }, lines(order)],

  ['uploadSignedWhole', upload, around(upload, uploadBody)],
  ['uploadFileSigned', upload, around(upload, file)],

  ['encodedAsGbk', order, around(order, inGbk)],
  ['sentAsGbk', { ...order, body: inGbk }, lines(order)],
  ['sentAsGbk', { ...order, body: ambiguous }, lines(order, { body: '{"a":"住"}' })],
  ['encodedAsLatin1', order, around(order, Buffer.from(mojibake))],
  [
    'encodedAsLatin1',
    { ...order, body: '{"a":"é"}' },
    around(order, Buffer.from('{"a":"é"}', 'latin1')),
  ],
  ['sentAsLatin1', { ...order, body: mojibake }, lines(order)],
  [
    'sentAsLatin1',
    { ...order, body: Buffer.from('{"a":"é"}', 'latin1') },
    lines(order, { body: '{"a":"é"}' }),
  ],
  [
    'encodedAsAscii',
    order,
    lines(order, { body: String(order.body).replace('租借/充电', '??/??') }),
  ],
  ['encodedAsUtf16', order, Buffer.from(lines(order), 'utf16le')],

  ['fieldOrder', order, `${[fields[1], fields[0], ...fields.slice(2)].join('\n')}\n`],
  ['fieldOrder', order, `${[...fields].reverse().join('\n')}\n`],
  ['fieldMissing', order, `${fields.toSpliced(3, 1).join('\n')}\n`],
  ['answerLayout', order, `${fields.slice(2).join('\n')}\n`],
  ['separatorOther', order, `${fields.join('\r\n')}\r\n`],
  ['separatorOther', order, `${fields.join('\\n')}\\n`],
  ['separatorOther', order, fields.join('')],
  ['separatorOther', order, `${fields.join(' ')} `],
  ['lastLineFeedMissing', order, lines(order).slice(0, -1)],
  ['bodyLineMissing', query, lines(query).slice(0, -1)],
  ['lineFeedTooMany', order, `${lines(order)}\n`],
  ['lineFeedTooMany', order, lines(order, { body: `${order.body}\n` })],
])('names %s, alone', (code, sent, message) => {
  const diagnosis = signedAs(sent, message, { nonces: ['recently-used'] })

  expect(codesOf(diagnosis)).toEqual([code])
  expect(diagnosis.verdict).toBe('explained')
  expect(diagnosis.difference).toBeDefined()
  expect(diagnosis.mistakes[0]?.sentence).not.toMatch(/[{}](signed|sent|aspects)|undefined instead/)
})

test.each<[string, Sent, Uint8Array | string]>([
  ['an order', order, lines(order)],
  ['a query', query, lines(query)],
  ['a path with escapes', cancel, lines(cancel)],
  ['an upload', upload, around(upload, Buffer.from(meta))],
  [
    'a body of bytes',
    { ...order, body: Uint8Array.of(0xff, 0, 10) },
    around(order, Uint8Array.of(0xff, 0, 10)),
  ],
  ['a body that ends in a line feed', { ...order, body: '{}\n' }, lines(order, { body: '{}\n' })],
  [
    'a body with a byte order mark',
    { ...order, body: '\ufeff{}' },
    lines(order, { body: '\ufeff{}' }),
  ],
])('says of %s that is signed as it must be that it is sound', (_, sent, message) => {
  expect(signedAs(sent, message)).toMatchObject({ verdict: 'sound', mistakes: [] })
})

test('shows where the two texts part', () => {
  const { difference } = signedAs(order, lines(order, { method: 'post' }))

  expect(difference).toMatchObject({
    offset: 0,
    mustBe: {
      text: 'POST\\n/v3/payscore/serviceorder\\n1',
      hex: expect.stringMatching(/^504f53540a/),
    },
    signed: { hex: expect.stringMatching(/^706f73740a/) },
  })
})

test('says that an upload has no meta', () => {
  const body = uploadBody.toString('latin1').replace('name="meta"', 'name="mata"')
  const sent = { ...upload, body: Buffer.from(body, 'latin1') }

  expect(codesOf(signedAs(sent, around(upload, Buffer.from(meta))))).toContain('uploadMetaMissing')
})
