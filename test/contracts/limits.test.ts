import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { behaviours } from '../../contracts/behaviours.ts'
import { type ErrorEntry, errors } from '../../contracts/errors.ts'
import { sources } from '../../contracts/evidence.ts'
import { limitsPage } from '../../contracts/limits.ts'

test.each([
  ['LIMITS.md', 'en'],
  ['LIMITS.zh-CN.md', 'zh'],
] as const)('%s is up to date (npm run limits writes it)', async (name, language) => {
  const written = await readFile(new URL(`../../contracts/${name}`, import.meta.url), 'utf8')

  expect(written).toBe(limitsPage(language))
})

test('the pages of both languages have the same rows', () => {
  const shape = (page: string) =>
    page.split('\n').map((line) => line.replaceAll('\\\\|', '').split('|').length)

  expect(shape(limitsPage('zh'))).toEqual(shape(limitsPage('en')))
})

test('a wording that is made here is not given out for one of the wire', () => {
  expect(limitsPage()).toMatch(
    /^\| `orderDone` \|.+\| observed: forum \| chosen: house \| chosen: house \|$/m,
  )
  expect(limitsPage('zh')).toMatch(
    /^\| `orderDone` \|.+\| 实测：forum \| 自定：house \| 自定：house \|$/m,
  )
})

test('every behaviour and every refusal names a source', () => {
  const entries: ErrorEntry[] = Object.values(errors)
  const named = [
    ...behaviours.map(({ evidence }) => evidence),
    ...entries.flatMap(({ evidence, wording = evidence, numbering }) => [
      evidence,
      wording,
      numbering,
    ]),
  ].map(({ source }) => source)

  for (const source of named) expect(Object.keys(sources)).toContain(source)
})
