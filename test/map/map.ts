import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const root = new URL('../../', import.meta.url).pathname

export const readText = (path: string): string => readFileSync(join(root, path), 'utf8')

/** The map of CONTRIBUTING.md: each room and the rooms that it may import. */
export const readMap = (): Map<string, readonly string[]> => {
  const rows = readText('CONTRIBUTING.md')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, room = '']) => /^`(?:contracts|client|sandbox)[/*.\w-]*`$/.test(room))
  const names = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)

  return new Map(rows.map(([, room, , may]) => [names(room)[0] ?? '', names(may)]))
}

/** The room of a source file: its folder, or the file itself beside the rooms of the sandbox. */
const roomOf = (file: string): string => {
  const [top = '', second = '', ...deeper] = file.split('/')
  if (top === 'client') return 'client/'
  if (deeper.length > 0) return `${top}/${second}/`
  return top === 'contracts' ? 'contracts/*.ts' : file
}

/** What each room imports really, with a file that does. */
export const readArrows = async (): Promise<Map<string, Map<string, string>>> => {
  const arrows = new Map<string, Map<string, string>>()
  for (const top of ['contracts', 'client', 'sandbox']) {
    for (const name of await readdir(join(root, top), { recursive: true })) {
      if (!name.endsWith('.ts')) continue
      const file = `${top}/${name}`
      const from = roomOf(file)
      const known = arrows.get(from) ?? new Map<string, string>()
      arrows.set(from, known)
      for (const [, path = ''] of readText(file).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)) {
        const to = roomOf(join(dirname(file), path))
        if (to !== from) known.set(to, file)
      }
    }
  }
  return arrows
}

/** How Biome names a room in an import. */
const patternOf = (room: string): string => {
  if (room === 'contracts/*.ts') return '**/contracts/*.ts'
  return room.endsWith('/') ? `**/${room.split('/').at(-2)}/**` : `**/${room.split('/').at(-1)}`
}

const doors = ['sandbox/index.ts', 'sandbox/msw.ts']

/** Packages that rooms of the contract and of the domain do without. */
const withoutPackages: Record<string, readonly string[]> = {
  'contracts/*.ts': ['node:*', 'hono', 'hono/*'],
  'contracts/protocol/': ['zod', 'hono', 'hono/*'],
  'contracts/diagnosis/': ['hono', 'hono/*'],
  'sandbox/domain/': ['node:*', 'hono', 'hono/*'],
}

/** The imports that Biome must refuse in each room. */
export const refusedIn = (map: Map<string, readonly string[]>): Map<string, readonly string[]> =>
  new Map(
    [...map].map(([room, may]) => [
      room,
      [
        ...[...map.keys()]
          .filter((other) => other !== room && !may.includes(other) && !doors.includes(other))
          .map(patternOf),
        '**/test/**',
        ...(withoutPackages[room] ?? []),
      ],
    ]),
  )
