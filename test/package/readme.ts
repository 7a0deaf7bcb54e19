import { readFile } from 'node:fs/promises'

const readme = new URL('../../README.md', import.meta.url)

/** The TypeScript samples of the README. Those that import something are whole programs. */
export const readmeSamples = async () => {
  const text = await readFile(readme, 'utf8')
  const samples = [...text.matchAll(/```ts\n(.*?)```/gs)].map(([, sample = '']) => sample)

  return {
    programs: samples.filter((sample) => sample.startsWith('import ')),
    fragments: samples.filter((sample) => !sample.startsWith('import ')),
  }
}
