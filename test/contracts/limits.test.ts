import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { behaviours } from '../../contracts/behaviours.ts'
import { errors } from '../../contracts/errors.ts'
import { sources } from '../../contracts/evidence.ts'
import { limitsPage } from '../../contracts/limits.ts'

test('the limits page is up to date (npm run limits writes it)', async () => {
  const written = await readFile(new URL('../../contracts/LIMITS.md', import.meta.url), 'utf8')

  expect(written).toBe(limitsPage())
})

test('every behaviour and every refusal names a source', () => {
  const named = [...behaviours, ...Object.values(errors)].map(({ evidence }) => evidence.source)

  for (const source of named) expect(Object.keys(sources)).toContain(source)
})
