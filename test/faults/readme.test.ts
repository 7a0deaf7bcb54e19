import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { type FaultName, faultNames, faults } from '../../sandbox/faults/faults.ts'
import { classified } from './classified.ts'

const cells = (line: string) => line.split('|').map((cell) => cell.trim())

/** What our client says, and the witness, as the README writes it. */
const seenAs = (name: FaultName): string[] => {
  const seen = classified[name]
  if (!seen) return []
  const { code, outcome, status, witness } = seen
  return [`\`${code}\`${status ? ` ${status}` : ''}, ${outcome}`, `\`${witness}\``]
}

test.each([
  ['README.md', 'en'],
  ['README.zh-CN.md', 'zh'],
] as const)('%s has every fault, what it does, and how clients see it', async (name, language) => {
  const readme = await readFile(new URL(`../../${name}`, import.meta.url), 'utf8')
  const rows = readme
    .split('\n')
    .map(cells)
    .filter(([, name = '']) => /^`[A-Z_]+`$/.test(name))
    .map((row) => row.slice(1, -1).filter(Boolean))

  expect(rows).toEqual(
    faultNames.map((name) => [`\`${name}\``, faults[name].summary[language], ...seenAs(name)]),
  )
})
