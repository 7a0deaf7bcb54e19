import { expect, test } from 'vitest'
import { codesOf, linesOf, order, signedAs } from './signer.ts'

const value = {
  out_order_no: 'A1',
  introduction: "租借/充电<&>'=",
  amount: { total: 100, currency: 'CNY' },
  note: null,
  rate: 0.5,
  list: [1, 2],
}
const javascript = JSON.stringify(value)

/** What each really writes of this value, and in what that differs from JSON.stringify. */
const habits: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "Python's json.dumps",
    String.raw`{"out_order_no": "A1", "introduction": "\u79df\u501f/\u5145\u7535<&>'=", "amount": {"total": 100, "currency": "CNY"}, "note": null, "rate": 0.5, "list": [1, 2]}`,
    ['white space', 'non-ASCII'],
  ],
  [
    "Python's json.dumps with ensure_ascii=False",
    `{"out_order_no": "A1", "introduction": "租借/充电<&>'=", "amount": {"total": 100, "currency": "CNY"}, "note": null, "rate": 0.5, "list": [1, 2]}`,
    ['white space'],
  ],
  [
    "Python's json.dumps with indent=2",
    String.raw`{
  "out_order_no": "A1",
  "introduction": "\u79df\u501f/\u5145\u7535<&>'=",
  "amount": {
    "total": 100,
    "currency": "CNY"
  },
  "note": null,
  "rate": 0.5,
  "list": [
    1,
    2
  ]
}`,
    ['white space', 'non-ASCII'],
  ],
  [
    "Python's json.dumps with sort_keys and separators",
    String.raw`{"amount":{"currency":"CNY","total":100},"introduction":"\u79df\u501f/\u5145\u7535<&>'=","list":[1,2],"note":null,"out_order_no":"A1","rate":0.5}`,
    ['non-ASCII', 'order of the keys'],
  ],
  [
    "PHP's json_encode",
    String.raw`{"out_order_no":"A1","introduction":"\u79df\u501f\/\u5145\u7535<&>'=","amount":{"total":100,"currency":"CNY"},"note":null,"rate":0.5,"list":[1,2]}`,
    ['non-ASCII', 'slashes'],
  ],
  [
    "PHP's json_encode with JSON_UNESCAPED_UNICODE",
    String.raw`{"out_order_no":"A1","introduction":"租借\/充电<&>'=","amount":{"total":100,"currency":"CNY"},"note":null,"rate":0.5,"list":[1,2]}`,
    ['slashes'],
  ],
  [
    "PHP's json_encode with JSON_UNESCAPED_SLASHES",
    String.raw`{"out_order_no":"A1","introduction":"\u79df\u501f/\u5145\u7535<&>'=","amount":{"total":100,"currency":"CNY"},"note":null,"rate":0.5,"list":[1,2]}`,
    ['non-ASCII'],
  ],
  [
    "PHP's json_encode with JSON_HEX_TAG, JSON_HEX_AMP, JSON_HEX_APOS",
    String.raw`{"out_order_no":"A1","introduction":"\u79df\u501f\/\u5145\u7535\u003C\u0026\u003E\u0027=","amount":{"total":100,"currency":"CNY"},"note":null,"rate":0.5,"list":[1,2]}`,
    ['non-ASCII', 'slashes', 'special'],
  ],
  [
    "Go's json.Marshal of a struct",
    String.raw`{"out_order_no":"A1","introduction":"租借/充电\u003c\u0026\u003e'=","amount":{"total":100,"currency":"CNY"},"note":null,"rate":0.5,"list":[1,2]}`,
    ['special'],
  ],
  [
    "Go's json.Encoder",
    `${String.raw`{"out_order_no":"A1","introduction":"租借/充电\u003c\u0026\u003e'=","amount":{"total":100,"currency":"CNY"},"note":null,"rate":0.5,"list":[1,2]}`}\n`,
    ['white space', 'special'],
  ],
  [
    "Go's json.Marshal of a map",
    String.raw`{"amount":{"currency":"CNY","total":100},"introduction":"租借/充电\u003c\u0026\u003e'=","list":[1,2],"note":null,"out_order_no":"A1","rate":0.5}`,
    ['special', 'order of the keys'],
  ],
  [
    'Gson',
    String.raw`{"out_order_no":"A1","introduction":"租借/充电\u003c\u0026\u003e\u0027\u003d","amount":{"total":100,"currency":"CNY"},"rate":0.5,"list":[1,2]}`,
    ['special', 'null'],
  ],
  [
    'Gson after reading into a Map',
    String.raw`{"out_order_no":"A1","introduction":"租借/充电\u003c\u0026\u003e\u0027\u003d","amount":{"total":100.0,"currency":"CNY"},"rate":0.5,"list":[1.0,2.0]}`,
    ['special', 'numbers', 'null'],
  ],
  [
    'fastjson',
    `{"amount":{"currency":"CNY","total":100},"introduction":"租借/充电<&>'=","list":[1,2],"out_order_no":"A1","rate":0.5}`,
    ['order of the keys', 'null'],
  ],
  [
    'Jackson with sorted properties',
    `{"amount":{"currency":"CNY","total":100},"introduction":"租借/充电<&>'=","list":[1,2],"note":null,"out_order_no":"A1","rate":0.5}`,
    ['order of the keys'],
  ],
  [
    "Jackson's pretty printer",
    `{
  "out_order_no" : "A1",
  "introduction" : "租借/充电<&>'=",
  "amount" : {
    "total" : 100,
    "currency" : "CNY"
  },
  "note" : null,
  "rate" : 0.5,
  "list" : [ 1, 2 ]
}`,
    ['white space'],
  ],
  [
    'System.Text.Json',
    String.raw`{"out_order_no":"A1","introduction":"\u79DF\u501F/\u5145\u7535\u003C\u0026\u003E\u0027=","amount":{"total":100,"currency":"CNY"},"note":null,"rate":0.5,"list":[1,2]}`,
    ['non-ASCII', 'special'],
  ],
]

const reserialised = (signed: string, sent: string) => {
  const request = { ...order, body: sent }
  const diagnosis = signedAs(request, linesOf({ ...request, body: signed }))
  expect(codesOf(diagnosis)).toEqual(['bodyReserialised'])

  return diagnosis.mistakes[0]?.sentence ?? ''
}

test.each(habits)('%s signed, JSON.stringify sent', (_, signed, aspects) => {
  const sentence = reserialised(signed, javascript)

  for (const aspect of aspects) expect(sentence).toContain(aspect)
  expect(
    sentence.match(/white space|non-ASCII|slashes|special|numbers|order of the keys|null/g),
  ).toHaveLength(aspects.length)
})

// The order of the keys and members left out cannot be brought back.
const reversible = habits.filter(([, , aspects]) => !/order|null/.test(aspects.join()))

test.each(reversible)('JSON.stringify signed, %s sent', (_, sent, aspects) => {
  const sentence = reserialised(javascript, sent)

  for (const aspect of aspects) expect(sentence).toContain(aspect)
})

test.each(habits)('%s signed and sent is sound', (_, text) => {
  const request = { ...order, body: text }

  expect(signedAs(request, linesOf(request)).verdict).toBe('sound')
})

test('finds any order of five keys, whatever the escapes', () => {
  const sent = String.raw`{"e":"\u79df","a":1.0,"c":[],"b":{},"d":null}`
  const signed = String.raw`{"c":[],"e":"\u79df","d":null,"a":1.0,"b":{}}`

  expect(reserialised(signed, sent)).toContain('the order of the keys.')
})

test('finds the order of the documentation', () => {
  const sent =
    '{"x":1,"out_order_no":"1","post_payments":[{"amount":1,"name":"A"}],"appid":"wx1","service_id":"5","y":2}'
  const documented =
    '{"service_id":"5","appid":"wx1","out_order_no":"1","post_payments":[{"name":"A","amount":1}],"x":1,"y":2}'

  expect(reserialised(documented, sent)).toContain('the order of the keys')
})

test.each([
  ['1.0', '1'],
  ['1e2', '100'],
  ['-0.50', '-0.5'],
  ['12345678901234567890', '12345678901234567000'],
])('tells that the number %s was signed as %s', (sent, signed) => {
  expect(reserialised(`{"a":${signed}}`, `{"a":${sent}}`)).toContain(
    `numbers (signed ${signed}, not ${sent})`,
  )
})
