import { expect, test } from 'vitest'
import { mistake, mistakeCodes } from '../../contracts/diagnosis/mistakes.ts'
import { answerTexts } from '../../contracts/diagnosis/texts/answer.ts'
import { authorizationTexts } from '../../contracts/diagnosis/texts/authorization.ts'
import { aspectTexts, bodyTexts } from '../../contracts/diagnosis/texts/body.ts'
import { factTexts, fragmentTexts, frameTexts } from '../../contracts/diagnosis/texts/facts.ts'
import { fixes } from '../../contracts/diagnosis/texts/fixes.ts'
import { messageTexts } from '../../contracts/diagnosis/texts/message.ts'
import { keyTexts, ownerTexts, signatureTexts } from '../../contracts/diagnosis/texts/signature.ts'
import { type Language, render, type Sentence } from '../../contracts/texts.ts'
import { explainHelpTexts, explainTexts } from '../../sandbox/explaining/texts.ts'

type Named = readonly [name: string, sentence: Sentence]

const named = (table: Record<string, Sentence>): Named[] => Object.entries(table)

const sentences: readonly Named[] = [
  ...[authorizationTexts, signatureTexts, messageTexts, bodyTexts].flatMap(named),
  ...[answerTexts, factTexts, explainTexts, fixes].flatMap(named),
  ...mistakeCodes.map((code): Named => [`fix of ${code}`, mistake(code).fix]),
]
const phrases: readonly Named[] = [
  ...[ownerTexts, keyTexts, aspectTexts, fragmentTexts, frameTexts, explainHelpTexts].flatMap(
    named,
  ),
]
const all = [...sentences, ...phrases]

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([whole]) => whole)

/** The words that the glossary rules out; 重放 stays where it means an attack. */
const avoided =
  /客户端证书|商家证书|密匙|私匙|证书编号|平台公钥|秘钥|口令|签名原文|加签|待签字符串|包体|校签|校验签名串|方案|探针|脱敏|关联数据|二次签名|商家|客户[^端]|合作伙伴|下级商户|应用编号|灰名单|响应|回包|返回体|(?<!填)入参|推送|异步通知|回调链接|投递|补发|重复提交|等幂|流控|熔断|错误代号|轮询|您|[!！]|请(?!求)/

/** The names of those that do not pass. */
const failing = (texts: readonly Named[], passes: (sentence: Sentence) => boolean) =>
  texts.filter(([, sentence]) => !passes(sentence)).map(([name]) => name)

const isNever = (patterns: readonly RegExp[]) => (sentence: Sentence) =>
  patterns.every((pattern) => !pattern.test(render(sentence, 'zh')))

test('every text fills the same placeholders in both languages', () => {
  const sorted = (sentence: Sentence, language: Language) =>
    placeholders(render(sentence, language)).toSorted().join()

  expect(failing(all, (each) => sorted(each, 'en') === sorted(each, 'zh'))).toEqual([])
  expect(all.length).toBeGreaterThan(250)
})

test('Chinese texts use no word that the glossary rules out', () => {
  expect(failing(all, isNever([avoided]))).toEqual([])
})

test('Chinese texts keep to full-width marks, and to blanks between Chinese and Latin', () => {
  const wrong = [
    /\p{Script=Han}[,;:?()]|[,;:?()]\p{Script=Han}/u,
    /\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han}/u,
    / [，。：；？（）、“”]|[，。：；？（）、“”] /,
  ]

  expect(failing(all, isNever(wrong))).toEqual([])
})

test('a sentence ends as one, or in what is to be copied', () => {
  expect(failing(sentences, (each) => /(?:。|[")}])$/.test(render(each, 'zh')))).toEqual([])
  expect(failing(sentences, (each) => /(?:\.|[")}])$/.test(render(each, 'en')))).toEqual([])
})

test('English texts hold no Chinese', () => {
  const isEnglish = (each: Sentence) => !/\p{Script=Han}|[，。：；？（）]/u.test(render(each, 'en'))

  expect(failing(all, isEnglish)).toEqual([])
})
