import { readFile } from 'node:fs/promises'

export const readmeNames = ['README.md', 'README.zh-CN.md'] as const

export const readReadme = (name: (typeof readmeNames)[number]): Promise<string> =>
  readFile(new URL(`../../${name}`, import.meta.url), 'utf8')

const codeBlocks = (text: string): string[] =>
  [...text.matchAll(/^```\w+\n.*?^```$/gms)].map(([block]) => block)

/** What both languages have to agree in: headings by level, code but for its comments, tables by size. */
export const outlineOf = (text: string) => {
  const prose = codeBlocks(text).reduce((rest, block) => rest.replace(block, ''), text)

  return {
    levels: [...prose.matchAll(/^(#+) \S/gm)].map(([, level]) => level),
    code: codeBlocks(text).map((block) => block.replace(/(?<!:)\/\/ .*$/gm, '// …')),
    tables: [...prose.matchAll(/(?:^\|.*\n)+/gm)].map(([table]) =>
      table
        .trim()
        .split('\n')
        .map((row) => row.split('|').length),
    ),
    items: [...prose.matchAll(/^- /gm)].length,
  }
}

/** The text without code, addresses and tags: what is read as a sentence. */
export const proseOf = (text: string): string =>
  codeBlocks(text)
    .reduce((rest, block) => rest.replace(block, ''), text)
    .replace(/`[^`\n]*`/g, '`x`')
    .replace(/\]\([^)]*\)/g, ']')

/** The files and headings that links lead to. */
export const linksOf = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target)

/** The TypeScript samples of the README. Those that import something are whole programs. */
export const readmeSamples = async () => {
  const text = await readReadme('README.md')
  const samples = [...text.matchAll(/```ts\n(.*?)```/gs)].map(([, sample = '']) => sample)

  return {
    programs: samples.filter((sample) => sample.startsWith('import ')),
    fragments: samples.filter((sample) => !sample.startsWith('import ')),
  }
}
