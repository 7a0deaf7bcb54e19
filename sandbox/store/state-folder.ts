import { statSync } from 'node:fs'
import { access, constants, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { jsonOf } from '../../contracts/json.ts'
import { fill, type Sentence } from '../../contracts/texts.ts'
import { logState } from './database-log.ts'
import { layout } from './layout.ts'
import type { Change, Entries, Persistence, Position } from './memory-store.ts'
import { StateError } from './state-error.ts'
import type { CollectionName } from './store.ts'
import { stateTexts } from './texts.ts'

export type StateOptions = {
  /** The folder, made at the first start; one sandbox uses it at a time. */
  dir: string
  /** Every change is on the disk itself before its answer goes, so that a power loss loses none. */
  sync?: boolean
}

export type StateFolder = Persistence & { close(): Promise<void> }

type Surroundings = {
  wallNow: () => number
  /** Told what the folder does not tell as it should, while all goes on. */
  onWarning: (warning: StateError) => void
}

type Database = import('classic-level').ClassicLevel<string, string>
type Operation = { type: 'put'; key: string; value: string } | { type: 'del'; key: string }

/** Goes up with the records, the layout of their indexes, or the names: whatever makes old state unreadable. */
const version = 1
const format = 'wechatpay-sandbox-state'
/** Milliseconds by which a wall clock may be behind without anybody being told. */
const noticedJump = 1000
/** Names that no record has. */
const [formatKey, positionKey] = ['!format', '!position']

/**
 * A folder that keeps what a store remembers, through kill -9 and, with `sync`, a power loss.
 * @throws {StateError} when it cannot be used; what it holds is left as it is then
 */
export const openStateFolder = async (
  options: StateOptions,
  { wallNow, onWarning }: Surroundings,
): Promise<StateFolder> => {
  const dir = resolve(options.dir)
  const isUsed = await prepare(dir, onWarning)
  const database = await open(dir)
  const lockFile = statSync(join(dir, 'LOCK')).ino

  let kept: Persistence['kept']
  try {
    kept = await read(database, { dir, isUsed, wallNow, onWarning })
  } catch (error) {
    await database.close()
    throw error
  }

  /** A file that was deleted takes writes without a word, and gives none of them back. */
  const checkPresent = () => {
    if (statSync(join(dir, 'LOCK'), { throwIfNoEntry: false })?.ino === lockFile) return
    throw new StateError(fill(stateTexts.deleted, { dir }))
  }

  let isBroken = false
  const flush = async (operations: Operation[]) => {
    checkPresent()
    try {
      // A write that failed may have left half a record: LevelDB begins a new log when it opens.
      if (isBroken) {
        await database.close()
        await database.open({ createIfMissing: false })
      }
      isBroken = true
      await database.batch(operations, { sync: options.sync ?? false })
      isBroken = false
    } catch (cause) {
      throw new StateError(fill(stateTexts.notWritten, { dir, reason: reasonOf(cause) }), { cause })
    }
    checkPresent()
  }

  // One write at a time, in order; what comes meanwhile goes together into the next.
  let waiting: Operation[][] = []
  let next: Promise<void> | undefined
  let last = Promise.resolve()
  const write = ({ writes, position }: Change): Promise<void> => {
    const at: KeptPosition = { ...position, wall: wallNow() }
    waiting.push([...writes.map(operationOf), put(positionKey, at)])
    next ??= last.then(() => {
      const operations = waiting.flat()
      waiting = []
      next = undefined
      return flush(operations)
    })
    last = next.catch(() => {})
    return next
  }

  return {
    kept,
    write,
    close: async () => {
      await last
      await database.close()
    },
  }
}

type KeptPosition = Position & { wall: number }

const put = (key: string, value: object): Operation => ({
  type: 'put',
  key,
  value: JSON.stringify(value),
})

const operationOf = ({ name, entry }: Change['writes'][number]): Operation =>
  entry ? put(name, entry) : { type: 'del', key: name }

const ofDatabase = /^(?:CURRENT|LOCK|LOG(?:\.old)?|MANIFEST-\d+|\d+\.(?:log|ldb|sst|dbtmp))$/
const isLog = (name: string) => name.endsWith('.log')
const ofContents = /^\d+\.(?:log|ldb|sst)$/

/**
 * Makes the folder, or looks at what is in it before the database does: that makes a new one where
 * its first file is gone, and deletes the rest.
 * @returns whether something was written there before
 * @throws {StateError}
 */
const prepare = async (dir: string, onWarning: Surroundings['onWarning']): Promise<boolean> => {
  try {
    await mkdir(dirname(dir), { recursive: true })
    await mkdir(dir, { mode: 0o700 }).catch(async (error: unknown) => {
      if (!(await stat(dir).catch(() => undefined))?.isDirectory()) throw error
    })
    await access(dir, constants.R_OK | constants.W_OK | constants.X_OK)
    const names = await readdir(dir)
    const contents = names.filter((name) => ofContents.test(name))
    if (names.includes('CURRENT')) {
      // The database writes its log before the manifest that follows its first.
      const isFirst = names.includes('MANIFEST-000001')
      if (!isFirst && !contents.some(isLog)) throw damaged(dir, stateTexts.logMissing)
      await checkLogs(dir, contents, onWarning)
      const sizes = await Promise.all(contents.map((name) => stat(join(dir, name))))
      return sizes.some(({ size }) => size > 0)
    }

    if (contents.length > 0) throw damaged(dir, stateTexts.currentMissing)
    if (names.some((name) => !ofDatabase.test(name) && !name.startsWith('.'))) {
      throw new StateError(fill(stateTexts.foreign, { dir }))
    }
    // It holds the keys of rotated certificates: nothing for a repository.
    await writeFile(join(dir, '.gitignore'), '*\n')
    return false
  } catch (cause) {
    if (cause instanceof StateError) throw cause
    throw new StateError(fill(stateTexts.unusable, { dir, reason: reasonOf(cause) }), { cause })
  }
}

const checkLogs = async (
  dir: string,
  contents: readonly string[],
  onWarning: Surroundings['onWarning'],
) => {
  for (const name of contents.filter(isLog)) {
    const state = logState(await readFile(join(dir, name)))
    if (state === 'damaged') throw damaged(dir, fill(stateTexts.logDamaged, { name }))
    if (state === 'torn') onWarning(new StateError(fill(stateTexts.logTorn, { dir })))
  }
}

/** @throws {StateError} */
const open = async (dir: string): Promise<Database> => {
  const { ClassicLevel } = await import('classic-level')
  const database = new ClassicLevel<string, string>(dir, { maxOpenFiles: 64 })
  try {
    await database.open()
    return database
  } catch (error) {
    throw complaintAbout(dir, error instanceof Error ? (error.cause ?? error) : error)
  }
}

const Format = z.object({ format: z.literal(format), version: z.int() })

type Reading = Surroundings & { dir: string; isUsed: boolean }

/** @throws {StateError} */
const read = async (database: Database, reading: Reading): Promise<Persistence['kept']> => {
  const { dir, isUsed, wallNow, onWarning } = reading
  try {
    if (!isUsed) {
      await database.batch([put(formatKey, { format, version })], { sync: true })
      return undefined
    }

    const head = Format.safeParse(jsonOf((await database.get(formatKey)) ?? ''))
    if (!head.success) throw new StateError(fill(stateTexts.foreign, { dir }))
    const found = head.data.version
    if (found !== version) {
      throw new StateError(fill(stateTexts.otherVersion, { dir, found, known: version }))
    }

    const last = await database.get(positionKey)
    if (last === undefined) return undefined
    const { wall, identifiers, clock }: KeptPosition = JSON.parse(last)
    const passed = wallNow() - wall
    if (passed < -noticedJump) onWarning(new StateError(stateTexts.clockBack))
    const now = clock.held ? clock.now : clock.now + Math.max(passed, 0)
    return {
      position: { clock: { ...clock, now }, identifiers },
      entries: await readEntries(database),
    }
  } catch (error) {
    throw error instanceof StateError ? error : complaintAbout(dir, error)
  }
}

const readEntries = async (database: Database): Promise<Entries> => {
  const entries: Entries = {
    plans: [],
    userSignPlans: [],
    serviceOrders: [],
    transactions: [],
    refunds: [],
    permissions: [],
    notifications: [],
    merchants: [],
    plannedOutcomes: [],
    faults: [],
    marks: [],
    probes: [],
    rotations: [],
    snapshots: [],
  }
  for await (const [name, value] of database.iterator({ highWaterMarkBytes: 2 ** 20 })) {
    const [collection = ''] = name.split('/', 1)
    if (isCollection(collection)) entries[collection].push(JSON.parse(value))
  }
  return entries
}

const isCollection = (name: string): name is CollectionName => Object.hasOwn(layout, name)

const damaged = (dir: string, reason: Sentence): StateError =>
  new StateError(fill(stateTexts.damaged, { dir, reason }))

/** What the database, or what was read from it, tells of the folder. */
const complaintAbout = (dir: string, cause: unknown): StateError => {
  const [code, reason] = [codeOf(cause), reasonOf(cause)]
  if (code === 'LEVEL_LOCKED') return new StateError(fill(stateTexts.locked, { dir }), { cause })
  const isDamage =
    code === 'LEVEL_CORRUPTION' || cause instanceof SyntaxError || /No such file/.test(reason)
  return isDamage
    ? damaged(dir, reason)
    : new StateError(fill(stateTexts.unusable, { dir, reason }), { cause })
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined

/** What the system or the database says; the database wraps it once or twice. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message
}
