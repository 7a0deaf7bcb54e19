/**
 * What is wrong with a value that people wrote, in both languages: zod's issues in our words. The
 * gateway's own words for requests are `violation.ts`.
 * @module
 */
import type { z } from 'zod'
import { isObject, memberOf } from './json.ts'
import { fill, list, render, type Sentence, textTable } from './texts.ts'

type Issue = z.core.$ZodIssue

const complaintTexts = textTable({
  notUnderstood: { en: 'Not understood: {problems}.', zh: '看不懂：{problems}。' },
  at: { en: '{path}: {problem}', zh: '{path}：{problem}' },
  missing: { en: 'is missing', zh: '缺少' },
  expectedType: { en: 'expected {type}, not {value}', zh: '应为“{type}”，不是 {value}' },
  expectedOneOf: { en: 'expected one of {values}', zh: '应为以下之一：{values}' },
  unknown: { en: 'unknown: {names}', zh: '未知：{names}' },
  tooSmall: { en: 'expected {least} or more', zh: '应不小于 {least}' },
  tooBig: { en: 'expected {most} or less', zh: '应不大于 {most}' },
  tooShort: { en: 'expected a length of {least} or more', zh: '长度应不小于 {least}' },
  tooLong: { en: 'expected a length of {most} or less', zh: '长度应不大于 {most}' },
  pattern: { en: 'does not match {pattern}', zh: '不符合 {pattern}' },
  invalid: { en: 'is not valid', zh: '无效' },
  text: { en: 'a text', zh: '文本' },
  number: { en: 'a number', zh: '数字' },
  whole: { en: 'a whole number', zh: '整数' },
  truth: { en: 'true or false', zh: 'true 或 false' },
  object: { en: 'a JSON object', zh: 'JSON 对象' },
  array: { en: 'a list', zh: '列表' },
})

const types: Readonly<Record<string, Sentence>> = {
  string: complaintTexts.text,
  number: complaintTexts.number,
  int: complaintTexts.whole,
  boolean: complaintTexts.truth,
  object: complaintTexts.object,
  array: complaintTexts.array,
}

/** An issue of ours for `superRefine` and `check`: the sentence travels with it. */
export const complaint = (sentence: Sentence) => ({
  code: 'custom' as const,
  message: render(sentence, 'en'),
  params: { sentence },
})

const isSentence = (value: unknown): value is Sentence =>
  typeof value === 'string' || (isObject(value) && ('en' in value || 'text' in value))

const shown = (value: unknown): string => (JSON.stringify(value) ?? 'undefined').slice(0, 60)

/** What one issue complains of in what was parsed as a whole, without its path. */
export const problemIn = (input: unknown, issue: Issue): Sentence => {
  const value = issue.path.reduce<unknown>(memberOf, input)
  switch (issue.code) {
    case 'invalid_type':
      if (value === undefined) return complaintTexts.missing
      return fill(complaintTexts.expectedType, {
        type: types[issue.expected] ?? issue.expected,
        value: shown(value),
      })
    case 'invalid_value':
      if (value === undefined) return complaintTexts.missing
      return fill(complaintTexts.expectedOneOf, { values: list(issue.values.map(String)) })
    case 'unrecognized_keys':
      return fill(complaintTexts.unknown, { names: list(issue.keys) })
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array'
        ? fill(complaintTexts.tooShort, { least: String(issue.minimum) })
        : fill(complaintTexts.tooSmall, { least: String(issue.minimum) })
    case 'too_big':
      return issue.origin === 'string' || issue.origin === 'array'
        ? fill(complaintTexts.tooLong, { most: String(issue.maximum) })
        : fill(complaintTexts.tooBig, { most: String(issue.maximum) })
    case 'invalid_format':
      return issue.pattern === undefined
        ? complaintTexts.invalid
        : fill(complaintTexts.pattern, { pattern: issue.pattern })
    case 'custom':
      return isSentence(issue.params?.['sentence']) ? issue.params['sentence'] : issue.message
    default:
      return issue.message || complaintTexts.invalid
  }
}

/** All that is wrong, each problem behind the path of its member. */
export const problemsOf = ({ issues }: z.ZodError, input: unknown): Sentence =>
  list(
    issues.map((issue) => {
      const problem = problemIn(input, issue)
      const path = issue.path.join('.')
      return path === '' ? problem : fill(complaintTexts.at, { path, problem })
    }),
    { en: '; ', zh: '；' },
  )

/** One sentence for whoever wrote the value. */
export const complaintOf = (error: z.ZodError, input: unknown): Sentence =>
  fill(complaintTexts.notUnderstood, { problems: problemsOf(error, input) })
