import { readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createMemoryStore } from '../../sandbox/store/memory-store.ts'
import { StateError } from '../../sandbox/store/state-error.ts'
import type { Store } from '../../sandbox/store/store.ts'
import { killedCopy, newFolder, openFolder } from './adapters.ts'
import { orderRecord } from './order-record.ts'

const put = (store: Store, ...numbers: string[]) =>
  store.change([], async (unit) => {
    for (const number of numbers) unit.put('serviceOrders', orderRecord({ number }))
  })

const numbersIn = async (store: Store) =>
  (await store.list('serviceOrders')).map(({ order }) => order.out_order_no)

/** A folder with the orders a to e, each written by itself, that nobody uses. */
const usedFolder = async () => {
  const dir = join(await newFolder(), 'state')
  const { store, close } = await openFolder(dir)
  for (const number of ['a', 'b', 'c', 'd', 'e']) await put(store, number)
  await close()
  return dir
}

const fileIn = async (dir: string, pattern: RegExp) => {
  const name = (await readdir(dir)).find((each) => pattern.test(each)) ?? ''
  return join(dir, name)
}

/** Changes a byte of a file, so many from its begin or, below zero, from its end. */
const damage = async (file: string, at: number) => {
  const bytes = await readFile(file)
  const place = at < 0 ? bytes.length + at : at
  bytes.writeUInt8(bytes.readUInt8(place) ^ 0xff, place)
  await writeFile(file, bytes)
}

test('what was changed is there after kill -9', async () => {
  const dir = join(await newFolder(), 'state')
  const { store } = await openFolder(dir)
  await put(store, 'a', 'b')
  await store.change([], async (unit) => unit.remove('serviceOrders', ['1', 'a']))

  const { store: next, warnings } = await openFolder(await killedCopy(dir))

  expect(await numbersIn(next)).toEqual(['b'])
  expect(warnings).toEqual([])
})

test('changes made at once are written whole, and each waits for its own', async () => {
  const dir = join(await newFolder(), 'state')
  const { store } = await openFolder(dir)
  const numbers = Array.from({ length: 200 }, (_, index) => `N${index}`)
  await Promise.all(numbers.map((number) => put(store, number, `${number}B`)))

  const { store: next } = await openFolder(await killedCopy(dir))

  expect(await numbersIn(next)).toEqual(numbers.flatMap((number) => [number, `${number}B`]))
})

test('a number that was drawn is never drawn again, even if nothing else was written', async () => {
  const dir = join(await newFolder(), 'state')
  const begin = { heldAt: 0, seed: 7 }
  const draw = (store: Store) => store.change([], async ({ ids }) => [ids.faultId(), ids.planId()])
  const { store } = await openFolder(dir, begin)
  const first = await draw(store)

  const { store: next } = await openFolder(await killedCopy(dir), begin)
  const second = await draw(next)

  expect(first).toEqual(await draw(createMemoryStore(begin)))
  expect(second[0]).toBe('2')
  expect(second[1]).not.toBe(first[1])
})

test.each([
  [true, 5_000],
  [false, 5_000 + 40],
])('the clock goes on where it stood (held: %s)', async (isHeld, expected) => {
  const dir = join(await newFolder(), 'state')
  let wall = 1_000
  const { store } = await openFolder(dir, { wallNow: () => wall })
  await store.turnClock((clock) => {
    clock.moveTo(5_000)
    if (isHeld) clock.hold()
  })

  wall += 40
  const { store: next } = await openFolder(await killedCopy(dir), { wallNow: () => wall })

  expect(next.now()).toBe(expected)
})

test('business time does not follow a wall clock that jumps back, and that is said', async () => {
  const dir = join(await newFolder(), 'state')
  const { store } = await openFolder(dir, { wallNow: () => 1_000_000 })
  await put(store, 'a')

  const next = await openFolder(await killedCopy(dir), { wallNow: () => 500_000 })

  expect(next.store.now()).toBe(1_000_000)
  expect(next.warnings).toEqual([expect.stringContaining('behind the last change')])
})

test('keys and snapshots are kept as well, and forgotten with everything', async () => {
  const dir = join(await newFolder(), 'state')
  const { store } = await openFolder(dir)
  await store.change([], async (unit) => {
    unit.put('rotations', { mchid: '', signing: 'S', listed: ['S'], issued: [] })
    unit.put('snapshots', { mchid: '', name: 'first', world: { clock: 0 }, bytes: 2 })
  })
  const { store: next } = await openFolder(await killedCopy(dir))

  expect(await next.get('rotations', ['', 'rotation'])).toMatchObject({ signing: 'S' })
  expect(await next.get('snapshots', ['', 'first'])).toMatchObject({ world: { clock: 0 } })

  await store.clear()
  const { store: last } = await openFolder(await killedCopy(dir))
  expect(await last.get('snapshots', ['', 'first'])).toBeUndefined()
})

test('a change that cannot be written has not happened, and the next one may', async () => {
  let isFull = false
  const store = createMemoryStore({
    heldAt: 5,
    persistence: {
      kept: undefined,
      write: async () => {
        if (isFull) throw new StateError('full')
      },
    },
  })
  await put(store, 'a')
  const before = await store.save()

  isFull = true
  await expect(put(store, 'b')).rejects.toThrow('full')
  await expect(store.clear()).rejects.toThrow('full')
  await expect(store.turnClock((clock) => clock.moveTo(9))).rejects.toThrow('full')
  expect(await store.save()).toEqual(before)

  isFull = false
  await put(store, 'b')
  expect(await numbersIn(store)).toEqual(['a', 'b'])
})

test('a folder that is deleted while it is used takes no change any more', async () => {
  const dir = join(await newFolder(), 'state')
  const { store } = await openFolder(dir)
  await put(store, 'a')
  await rm(dir, { recursive: true })

  await expect(put(store, 'b')).rejects.toThrow('was deleted or replaced while the sandbox runs')
  expect(await numbersIn(store)).toEqual(['a'])
})

test('a second user of a folder is refused', async () => {
  const dir = join(await newFolder(), 'state')
  const { store } = await openFolder(dir)

  await expect(openFolder(dir)).rejects.toThrow(
    `The state folder ${dir} is in use by another sandbox. Stop that one, or give each its own folder.`,
  )
  await put(store, 'a')
})

const openDatabase = async (dir: string) => {
  const { ClassicLevel } = await import('classic-level')
  const database = new ClassicLevel(dir)
  await database.open()
  return database
}

const filesIn = async (dir: string) =>
  Promise.all((await readdir(dir)).map(async (name) => [name, await readFile(join(dir, name))]))

test.each([
  ['without CURRENT', (dir: string) => rm(join(dir, 'CURRENT')), 'the file CURRENT is missing'],
  ['without its log', async (dir: string) => rm(await fileIn(dir, /\.log$/)), 'its log is missing'],
  ['with another CURRENT', (dir: string) => writeFile(join(dir, 'CURRENT'), 'x'), 'CURRENT file'],
  [
    'with a manifest that was cut off',
    async (dir: string) => truncate(await fileIn(dir, /MANIFEST/), 10),
    'descriptor',
  ],
  [
    'with a change that was damaged before others',
    async (dir: string) => damage(await fileIn(dir, /\.log$/), 1),
    'log does not fit its checksums',
  ],
  [
    'with a change whose length was damaged',
    async (dir: string) => damage(await fileIn(dir, /\.log$/), 5),
    'log does not fit its checksums',
  ],
])('a folder %s is refused as damaged, and its contents are kept', async (_, spoil, reason) => {
  const dir = await usedFolder()
  await spoil(dir)
  const contents = async () =>
    (await filesIn(dir)).filter(([name]) => !/^LOG|LOCK/.test(String(name)))
  const before = await contents()

  await expect(openFolder(dir)).rejects.toThrow(
    new RegExp(`^The state folder ${dir} is damaged \\(.*${reason}.*\\)\\. It is left as it is: `),
  )
  expect(await contents()).toEqual(before)
})

test('a last change that is not whole is passed over, and that is said', async () => {
  const dir = await usedFolder()
  await damage(await fileIn(dir, /\.log$/), -1)

  const { store, warnings } = await openFolder(dir)

  expect(await numbersIn(store)).toEqual(['a', 'b', 'c', 'd'])
  expect(warnings).toEqual([expect.stringContaining('ends in a change that is not whole')])
})

test('a change that was being written when the process was killed is passed over', async () => {
  const dir = await usedFolder()
  const log = await fileIn(dir, /\.log$/)
  await truncate(log, (await readFile(log)).length - 10)

  const { store, warnings } = await openFolder(dir)

  expect(await numbersIn(store)).toEqual(['a', 'b', 'c', 'd'])
  expect(warnings).toEqual([])
})

test('a folder of another version is refused and kept', async () => {
  const dir = await usedFolder()
  const database = await openDatabase(dir)
  await database.put('!format', '{"format":"wechatpay-sandbox-state","version":2}')
  await database.close()

  await expect(openFolder(dir)).rejects.toThrow('has version 2; this sandbox reads version 1.')
  await database.open()
  expect(await database.get('serviceOrders/1/a')).toContain('"out_order_no":"a"')
  await database.close()
})

test.each([
  ['other files', (dir: string) => writeFile(join(dir, 'notes.txt'), 'mine')],
  [
    'another database',
    async (dir: string) => {
      const database = await openDatabase(dir)
      await database.put('a', 'mine')
      await database.close()
    },
  ],
])('a folder of %s is refused and kept', async (_, fill) => {
  const dir = await newFolder()
  await fill(dir)

  await expect(openFolder(dir)).rejects.toThrow(
    `The folder ${dir} holds something other than the state of a sandbox.`,
  )
})

test('a place where no folder can be is said', async () => {
  const file = join(await newFolder(), 'file')
  await writeFile(file, '')

  await expect(openFolder(file)).rejects.toThrow(/cannot be used \(EEXIST.*\)\. Check its place/)
})

test('a folder that was moved is taken up where it lies', async () => {
  const dir = await usedFolder()
  await rename(dir, `${dir}-moved`)

  expect(await numbersIn((await openFolder(`${dir}-moved`)).store)).toHaveLength(5)
})
