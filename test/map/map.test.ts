import { expect, test } from 'vitest'
import { z } from 'zod'
import { readArrows, readMap, readText, refusedIn } from './map.ts'

const Biome = z.object({
  overrides: z.array(
    z.object({
      includes: z.array(z.string()),
      linter: z.object({
        rules: z.object({
          style: z
            .object({
              noRestrictedImports: z
                .object({
                  options: z.object({
                    patterns: z.array(z.object({ group: z.array(z.string()) })),
                  }),
                })
                .optional(),
            })
            .optional(),
        }),
      }),
    }),
  ),
})

test('the map in CONTRIBUTING.md names every room and just the arrows that there are', async () => {
  const arrows = await readArrows()
  const real = [...arrows].map(([room, imports]) => [room, [...imports.keys()].toSorted()])
  const mapped = [...readMap()].map(([room, may]) => [room, may.toSorted()])

  expect(Object.fromEntries(mapped)).toEqual(Object.fromEntries(real))
})

test('Biome refuses every other arrow', () => {
  const { overrides } = Biome.parse(JSON.parse(readText('biome.json')))
  const refused = overrides.flatMap(({ includes: [include = ''], linter }) => {
    const { noRestrictedImports } = linter.rules.style ?? {}
    const groups = noRestrictedImports?.options.patterns.map(({ group }) => group) ?? []
    return groups.length > 0 ? [[include.replace(/\*\*$/, ''), groups.flat()]] : []
  })

  expect(Object.fromEntries(refused)).toEqual(Object.fromEntries(refusedIn(readMap())))
})
