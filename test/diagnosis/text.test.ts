import { expect, test } from 'vitest'
import { mistake, mistakeCodes } from '../../contracts/diagnosis/mistakes.ts'
import { printable } from '../../contracts/diagnosis/printable.ts'
import { diagnosisLine, diagnosisText } from '../../contracts/diagnosis/text.ts'
import { linesOf, order, signedAs } from './signer.ts'

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

test.each(mistakeCodes)('%s is worded: a sentence, and an instruction', (code) => {
  const { sentence, fix } = mistake(code, { signed: 'SIGNED', sent: 'SENT', aspects: 'ASPECTS' })

  expect(`${sentence} ${fix}`).not.toMatch(/\{(signed|sent|aspects)\}|undefined|\s\s/)
  expect(sentence).toMatch(/^\S.*\.$/)
  expect(fix).toMatch(/^[A-Z].*\.$/)
})
