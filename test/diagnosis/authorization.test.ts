import { expect, test } from 'vitest'
import {
  codesOf,
  diagnosed,
  headerOf,
  linesOf,
  membersWith,
  nonce,
  order,
  rsa,
  timestamp,
} from './signer.ts'

const good = headerOf(membersWith(rsa(linesOf(order))))
const unquoted = good.replaceAll('"', '')
const milliseconds = `${timestamp}123`
const signedAt = (time: string) => rsa(linesOf(order).replace(timestamp, time))

test.each<[string, string | undefined]>([
  ['authorizationMissing', undefined],
  ['authorizationMissing', ''],
  ['authorizationFolded', good.replace(',nonce_str', ',\r\n nonce_str')],
  ['authorizationExtra', `${good},`],
  ['schemeMissing', good.slice(good.indexOf(' ') + 1)],
  ['schemeOther', good.replace(/^\S+/, 'Bearer')],
  ['schemeOther', good.replace(/^\S+/, 'WECHATPAY2-SM2-WITH-SM3')],
  ['schemeOther', good.replace(/^\S+/, 'wechatpay2-sha256-rsa2048')],
  ['separatorNotComma', good.replaceAll('",', '" ')],
  ['separatorNotComma', good.replaceAll('",', '";')],
  ['separatorNotComma', good.replaceAll('",', '"&')],
  ['memberMissing', good.replace(/serial_no="\w+"/, '').replace(/,$/, '')],
  ['memberMissing', good.replace(/signature="[^"]+",/, '')],
  ['memberTwice', good.replace(' mchid="1900000001"', ' mchid="1900000001",mchid="1900000001"')],
  ['memberMisspelt', good.replace('nonce_str=', 'nonce=')],
  ['memberMisspelt', good.replace('serial_no=', 'serial=')],
  ['memberMisspelt', good.replace('mchid=', 'mch_id=')],
  ['memberMisspelt', good.replace('signature=', 'sign=')],
  ['memberMisspelt', good.replace('timestamp=', 'timeStamp=')],
  ['timestampNotNumber', good.replace(`"${timestamp}"`, '"2023-11-14T22:13:20Z"')],
  [
    'timestampInMilliseconds',
    headerOf({ ...membersWith(signedAt(milliseconds)), timestamp: milliseconds }),
  ],
  ['timestampInMilliseconds', good.replace(`"${timestamp}"`, `"${milliseconds}"`)],
])('names %s, alone', (code, header) => {
  expect(codesOf(diagnosed(order, header))).toEqual([code])
})

const after = (form: (name: string, value: string) => string) =>
  `WECHATPAY2-SHA256-RSA2048 ${Object.entries(membersWith(rsa(linesOf(order))))
    .map(([name, value]) => form(name, value))
    .join(',')}`
const asJson = JSON.stringify(membersWith(rsa(linesOf(order))))

test.each<[string, string, string]>([
  ['JSON', 'authorizationUnreadable', `WECHATPAY2-SHA256-RSA2048 ${asJson}`],
  ['colons', 'authorizationUnreadable', after((name, value) => `${name}:"${value}"`)],
  ['blanks around =', 'blanksAroundEquals', after((name, value) => `${name} = "${value}"`)],
  ['JSON without a scheme', 'schemeMissing,authorizationUnreadable', asJson],
  [
    'blanks around = without a scheme',
    'blanksAroundEquals,schemeMissing',
    after((name, value) => `${name} = "${value}"`).replace(/^\S+ /, ''),
  ],
  ['an open last quote', 'valueNotClosed', good.slice(0, -1)],
  [
    'a last value without a name',
    'authorizationExtra,memberMissing',
    good.replace('serial_no=', ''),
  ],
  ['an empty value', 'memberMissing', good.replace(/mchid="\d+"/, 'mchid=""')],
])('says what is true of %s', (_, codes, header) => {
  expect(codesOf(diagnosed(order, header)).join()).toBe(codes)
})

test.each(['signature', 'serial_no'] as const)('says what is true of a last %s cut off', (last) => {
  const { [last]: value, ...others } = membersWith(rsa(linesOf(order)))
  const cut = `${headerOf(others)},${last}="${value}`
  const nameless = `${headerOf(others)},"${value}"`

  expect(codesOf(diagnosed(order, cut))).toEqual(['valueNotClosed'])
  expect(codesOf(diagnosed(order, nameless))).toEqual(['authorizationExtra', 'memberMissing'])
})

const members = membersWith(rsa(linesOf(order)))
const pairs = Object.entries(members).map(([name, value]) => `${name}="${value}"`)
const scheme = 'WECHATPAY2-SHA256-RSA2048'

test.each<[string, string, string]>([
  ['schemeNotApart', 'a colon after the scheme', good.replace(`${scheme} `, `${scheme}: `)],
  ['schemeNotApart', 'a comma after the scheme', good.replace(`${scheme} `, `${scheme},`)],
  ['schemeNotApart', 'nothing after the scheme', good.replace(`${scheme} `, scheme)],
  ['authorizationQuotedWhole', 'quotes around it', `"${good}"`],
  ['authorizationQuotedWhole', 'escaped quotes in it', JSON.stringify(good)],
  ['authorizationPercentEncoded', 'percent escapes', encodeURIComponent(good)],
  ['schemeAlone', 'its scheme only', scheme],
  ['schemeAlone', 'its scheme and a blank', `${scheme} `],
  ['authorizationNameInValue', 'its name in the value', `Authorization: ${good}`],
  ['lineFeedsSpelled', 'line feeds spelled out', `${scheme} ${pairs.join(',\\n')}`],
  ['lineFeedsSpelled', 'line feeds and blanks', `${scheme} ${pairs.join(',\\r\\n  ')}\\n`],
  ['blanksAroundEquals', 'a blank after each =', good.replaceAll('="', '= "')],
  ['blanksAroundEquals', 'blanks around every =, of Base64 too', good.replaceAll('=', ' = ')],
  ['valueNotClosed', 'a first quote open', good.replace('"1900000001"', '"1900000001')],
  ['valueNotClosed', 'a quote in the middle open', good.replace(`${nonce}"`, nonce)],
  ['valueNotClosed', 'a signature without its end', good.replace(/="(,timestamp)/, '=$1')],
  ['valueHasBlanks', 'a blank after mchid', good.replace('"1900000001"', '"1900000001 "')],
  ['valueHasBlanks', 'a tab before serial_no', good.replace('serial_no="', 'serial_no="\t')],
  [
    'membersSwapped',
    'timestamp and nonce swapped',
    headerOf({ ...members, timestamp: nonce, nonce_str: timestamp }),
  ],
])('names %s, alone, for %s', (code, _, header) => {
  const { verdict, mistakes } = diagnosed(order, header)

  expect(mistakes.map((each) => each.code)).toEqual([code])
  expect(verdict).toBe('explained')
})

test('names the value whose quote is open', () => {
  const [found] = diagnosed(order, good.replace(`${nonce}"`, nonce)).mistakes

  expect(found?.sentence).toContain('missing in the Authorization header: nonce_str.')
})

test('names a member once, however often it is there', () => {
  const header = `WECHATPAY2-SHA256-RSA2048 ${'mchid="1",'.repeat(500)}`

  expect(codesOf(diagnosed(order, header)).filter((code) => code === 'memberTwice')).toHaveLength(1)
})

test('names the values without double quotes in one sentence', () => {
  const quoted = diagnosed(order, good.replaceAll('"', "'"))

  expect(codesOf(diagnosed(order, unquoted))).toEqual(['valueNotQuoted'])
  expect(codesOf(quoted)).toEqual(['valueSingleQuoted'])
  expect(quoted.verdict).toBe('explained')
  expect(quoted.mistakes[0]?.sentence).toMatch(/mchid.*nonce_str.*signature.*timestamp.*serial_no/)
})

test('names what is wrong with the text beside what is wrong with the header', () => {
  const signature = rsa(linesOf({ ...order, method: 'post' }))
  const header = headerOf(membersWith(signature)).replace(/^\S+/, 'Bearer')

  expect(codesOf(diagnosed(order, header))).toEqual(['schemeOther', 'methodCase'])
})

test('takes any order of members and white space around commas', () => {
  const members = membersWith(rsa(linesOf(order)))
  const reversed = headerOf(Object.fromEntries(Object.entries(members).reverse()))

  expect(diagnosed(order, reversed.replaceAll('",', '" , ')).verdict).toBe('sound')
})

test('says of a header that is no header that it cannot be read', () => {
  const diagnosis = diagnosed(order, 'WECHATPAY2-SHA256-RSA2048 hello')

  expect(codesOf(diagnosis)).toContain('memberMissing')
  expect(diagnosis.verdict).toBe('explained')
})

test('refuses a nonce that is not visible ASCII', () => {
  expect(codesOf(diagnosed(order, good.replace(nonce, 'with blank')))).toContain('nonceUnusable')
})

const now = (seconds: number) => ({ now: (Number(timestamp) + seconds) * 1000 })

test.each([
  [301, 'timestampTooOld', '301 seconds old'],
  [-28_800, 'timestampInFuture', '28800 seconds in the future'],
])('judges a timestamp %d seconds from now', (age, code, words) => {
  expect(diagnosed(order, good, now(age))).toMatchObject({
    verdict: 'explained',
    mistakes: [
      { code, sentence: expect.stringContaining(words), fix: expect.stringContaining('clock') },
    ],
  })
})

test.each([300, 0, -300])('takes a timestamp %d seconds from now', (age) => {
  expect(diagnosed(order, good, now(age)).verdict).toBe('sound')
})
