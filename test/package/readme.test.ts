import { expect, test } from 'vitest'
import { linksOf, outlineOf, proseOf, readmeNames, readReadme } from './readme.ts'

test('both READMEs have the same headings, code, tables and lists in the same order', async () => {
  const [english, chinese] = await Promise.all(readmeNames.map(readReadme))
  const outline = outlineOf(english ?? '')

  expect(outlineOf(chinese ?? '')).toEqual(outline)
  expect(outline.levels.length).toBeGreaterThan(10)
  expect(outline.code.length).toBeGreaterThan(20)
})

test('comments of the code are read in the language of the README', async () => {
  const comments = async (name: (typeof readmeNames)[number]) =>
    [...(await readReadme(name)).matchAll(/(?<!:)\/\/ (.*)$/gm)].map(([, comment = '']) => comment)
  const isChinese = (comment: string) => /\p{Script=Han}/u.test(comment)

  expect((await comments('README.md')).filter(isChinese)).toEqual([])
  const chinese = await comments('README.zh-CN.md')
  expect(chinese.length).toBeGreaterThan(0)
  expect(chinese.filter((comment) => !isChinese(comment))).toEqual([])
})

test('each README links to the other in its first line', async () => {
  const [english = '', chinese = ''] = (await Promise.all(readmeNames.map(readReadme))).map(
    (text) => text.split('\n')[0],
  )

  expect(linksOf(english)).toEqual(['README.zh-CN.md'])
  expect(linksOf(chinese)).toEqual(['README.md'])
})

test.each(readmeNames)('the links of %s within the page lead to a heading', async (name) => {
  const text = await readReadme(name)
  const anchors = [...proseOf(text).matchAll(/^#+ (.+)$/gm)].map(
    ([, heading = '']) =>
      `#${heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} -]/gu, '')
        .replaceAll(' ', '-')}`,
  )

  const within = linksOf(text).filter((target) => target.startsWith('#'))
  expect(within.length).toBeGreaterThan(0)
  expect(within.filter((target) => !anchors.includes(target))).toEqual([])
})

test('the Chinese README keeps to full-width marks, and to blanks between Chinese and Latin', async () => {
  const wrong = [
    /\p{Script=Han}[,;:?!()]|[,;:?!()]\p{Script=Han}/u,
    /\p{Script=Han}[A-Za-z0-9`]|[A-Za-z0-9`]\p{Script=Han}/u,
    / [，。：；？（）、“”]|[，。：；？（）、“”] /,
    /[「」！您]/,
  ]
  const lines = proseOf(await readReadme('README.zh-CN.md'))
    .split('\n')
    .flatMap((line) =>
      line.startsWith('|') ? line.split(/\s*\|\s*/) : [line.replaceAll('**', '')],
    )

  expect(lines.filter((line) => wrong.some((pattern) => pattern.test(line)))).toEqual([])
})
