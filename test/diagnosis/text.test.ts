import { expect, test } from 'vitest'
import {
  diagnosisIn,
  diagnosisLine,
  diagnosisLogLine,
  diagnosisText,
} from '../../contracts/diagnosis/diagnosis.ts'
import { mistake, mistakeCodes, printable } from '../../contracts/diagnosis/mistakes.ts'
import { codesOf, linesOf, order, signedAs } from './signer.ts'

const wrong = signedAs(order, linesOf(order).slice(0, -1))

test('the text names the mistake, the fix and the place', () => {
  const text = diagnosisText(wrong)

  expect(text).toMatch(/^This is refused, and this is why:\n\nThe last line feed is missing: /)
  expect(text).toContain('[lastLineFeedMissing]\n  Sign five lines')
  expect(text).toMatch(
    /The texts differ from byte \d+ on:\n {2}must be {2}\S+\\n\n {11}[0-9a-f]+0a\n/,
  )
  expect(text).toMatch(/The signature was made with the merchant's own key [^\n]+\n$/)
})

test('the line is short ASCII, whatever was sent', () => {
  const target = `/v3/订单\x1b[31m${'a'.repeat(9000)}`
  const line = diagnosisLine(
    signedAs({ ...order, target }, linesOf({ ...order, target: `/api${target}` })),
  )

  expect(line).toMatch(/^explained \| prefixSigned: [\x20-\x7e]+$/)
  expect(line.length).toBeLessThanOrEqual(1024)
})

test('shows letters that cannot be seen by their code', () => {
  expect(printable('a\n\x1b\xad\u200b\u{e0001}')).toBe('a\\n\\x1b\\xad\\u200b\\u{e0001}')
})

test('the line of what is not explained says what is certain', () => {
  expect(diagnosisLine(signedAs(order, 'x'))).toMatch(/^unexplained \| The signature was made with/)
  expect(diagnosisLine(signedAs(order, linesOf(order)))).toMatch(/^sound \| /)
})

test.each(mistakeCodes)(
  '%s is worded in both languages: a sentence, and an instruction',
  (code) => {
    const found = { signed: 'SIGNED', sent: 'SENT', aspects: 'ASPECTS' }
    const findings = { verdict: 'explained', mistakes: [mistake(code, found)], facts: [] } as const
    const [en] = diagnosisIn(findings, 'en').mistakes
    const [zh] = diagnosisIn(findings, 'zh').mistakes

    for (const worded of [en, zh]) {
      expect(`${worded?.sentence} ${worded?.fix}`).not.toMatch(
        /\{(signed|sent|aspects)\}|undefined|\s\s/,
      )
    }
    expect(en?.sentence).toMatch(/^\S.*\.$/)
    expect(en?.fix).toMatch(/^[A-Z].*[.")]$/)
    expect(zh?.sentence).toMatch(/\p{Script=Han}.*。$/u)
    expect(zh?.fix).toMatch(/\p{Script=Han}.*[。")]$/u)
  },
)

test('a diagnosis comes in the language of its reader, codes and values unchanged', () => {
  const message = linesOf({ ...order, body: String(order.body).replaceAll(':', ': ') }).slice(0, -1)
  const inEnglish = signedAs(order, message)
  const inChinese = signedAs(order, message, { language: 'zh' })

  expect(inChinese.mistakes.map(({ sentence, fix }) => sentence + fix)).toEqual([
    '签名串缺少末尾的换行：请求体之后还要有 \\n。签名串共五行，依次为请求方法、URL、时间戳、随机串、请求体；每行以 \\n 结尾，最后一行也要。',
    '请求体序列化了两次，签名的和发送的不一致：空白（签名时为 " "，发送时为 原样）。请求体只序列化一次，签名和发送用同一个字符串。',
  ])
  expect(inChinese.facts).toEqual([
    '签名所用：本商户的私钥（商户号 1900000001，序列号 1DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C）。',
  ])
  expect(codesOf(inChinese)).toEqual(codesOf(inEnglish))
  expect(inEnglish.mistakes.map(({ sentence }) => sentence)).toEqual([
    'The last line feed is missing: the text that was signed ends after the body; it must end in \\n.',
    'The body was serialised twice: what was signed differs from what was sent in white space (signed " ", not plain).',
  ])
  expect(diagnosisText(inChinese, 'zh')).toMatch(/^验签不通过，原因已查明：\n\n签名串缺少/)
  expect(diagnosisText(inChinese, 'zh')).toMatch(/两者从第 \d+ 字节起不同：\n {2}应为 {2}\S/)
})

test('the line for a log keeps letters as they are, the one for a header is ASCII', () => {
  const diagnosis = signedAs(order, linesOf(order).slice(0, -1), { language: 'zh' })

  expect(diagnosisLogLine(diagnosis)).toMatch(/^explained \| lastLineFeedMissing: 签名串缺少/)
  expect(diagnosisLine(diagnosis)).toMatch(/^explained \| lastLineFeedMissing: \\u7b7e/)
})
