import { expect, test } from 'vitest'
import {
  fill,
  languageOfHeader,
  languageOfLocale,
  list,
  render,
  textTable,
} from '../../contracts/texts.ts'

const texts = textTable({
  wrong: { en: 'It is {sent}, not {signed}.', zh: '是 {sent}，应为 {signed}。' },
  nothing: { en: 'nothing', zh: '空' },
  json: { en: 'Send {"sha256":…} with {what}.', zh: '发送 {"sha256":…}，带上 {what}。' },
})

test('fills a text in either language, fragments included', () => {
  const sentence = fill(texts.wrong, { sent: texts.nothing, signed: list(['a', 'b']) })

  expect(render(sentence, 'en')).toBe('It is nothing, not a, b.')
  expect(render(sentence, 'zh')).toBe('是 空，应为 a、b。')
})

test('leaves braces alone that are no placeholder', () => {
  expect(render(fill(texts.json, { what: 'x' }), 'en')).toBe('Send {"sha256":…} with x.')
})

test('a text with a missing or a wrong value does not compile', () => {
  // @ts-expect-error signed is missing
  expect(render(fill(texts.wrong, { sent: 1 }), 'en')).toBe('It is 1, not {signed}.')
  // @ts-expect-error the placeholders differ
  textTable({ one: { en: 'a {b}', zh: '甲 {c}' } })
  // @ts-expect-error the twin is missing
  textTable({ one: { en: 'a' } })
})

test.each([
  ['zh_CN.UTF-8', 'zh'],
  ['zh', 'zh'],
  ['C', 'en'],
  ['', 'en'],
  ['de_DE.UTF-8', 'en'],
])('the locale %s reads %s', (locale, language) => {
  expect(languageOfLocale(locale)).toBe(language)
})

test.each([
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
  ['en-US,en;q=0.9,zh;q=0.8', 'en'],
  ['de, en;q=0.2, zh-TW;q=0.4', 'zh'],
  ['*', 'en'],
  [undefined, 'en'],
])('Accept-Language %s reads %s', (header, language) => {
  expect(languageOfHeader(header)).toBe(language)
})
