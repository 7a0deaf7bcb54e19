import { expect, test } from 'vitest'
import { languageOf } from '../../sandbox/cli/language.ts'
import { runCli } from './run-cli.ts'

test.each([
  [{ LC_ALL: 'zh_CN.UTF-8', LANG: 'en_US.UTF-8' }, 'zh'],
  [{ LC_ALL: '', LC_MESSAGES: 'zh_CN', LANG: 'en_US.UTF-8' }, 'zh'],
  [{ LC_ALL: 'C', LANG: 'zh_CN.UTF-8' }, 'en'],
  [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
  [{ LANG: 'tlh_KX' }, 'en'],
  [{}, 'en'],
])('the environment %j reads %s', (env, language) => {
  expect(languageOf(['start'], env)).toBe(language)
})

test.each([
  [['start', '--lang', 'zh'], 'zh'],
  [['--lang=zh', 'start'], 'zh'],
  [['start', '--lang', 'en', '--lang', 'zh'], 'zh'],
  [['start', '--lang', 'en'], 'en'],
  [['explain', '--', '--lang', 'en'], 'zh'],
])('%j reads %s in a Chinese environment', (words, language) => {
  expect(languageOf(words, { LANG: 'zh_CN.UTF-8' })).toBe(language)
})

test.each([['fr'], ['']])('refuses --lang=%s in both languages', async (name) => {
  const { code, stdout, stderr } = await runCli('start', `--lang=${name}`).ended()

  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toBe(
    `没有“${name}”这种语言，可以选：zh、en。 Unknown language: ${name}. Choices: zh, en.\n`,
  )
})
