import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createMemoryStore, type StoreOptions } from '../../sandbox/store/memory-store.ts'
import { openStateFolder } from '../../sandbox/store/state-folder.ts'
import type { Store } from '../../sandbox/store/store.ts'

type Opened = {
  store: Store
  /** The store as a new process finds it; where nothing is kept, the same. */
  reopen(): Promise<Opened>
}

type Open = (options?: StoreOptions) => Promise<Opened>

export const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'state-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Opens a state folder without warnings, closed with the test at the latest. */
export const openFolder = async (dir: string, options: StoreOptions = {}) => {
  const { wallNow = Date.now } = options
  const warnings: string[] = []
  const onWarning = ({ message }: Error) => warnings.push(message)
  const folder = await openStateFolder({ dir }, { wallNow, onWarning })
  onTestFinished(folder.close)

  return { ...folder, warnings, store: createMemoryStore({ ...options, persistence: folder }) }
}

/** The folder as kill -9 leaves it, while whoever writes it still runs. */
export const killedCopy = async (dir: string): Promise<string> => {
  const copy = join(await newFolder(), 'copy')
  await cp(dir, copy, { recursive: true })
  return copy
}

const openMemory: Open = async (options) => {
  const opened = { store: createMemoryStore(options), reopen: async () => opened }
  return opened
}

const openIn = async (dir: string, options?: StoreOptions): Promise<Opened> => {
  const { store } = await openFolder(dir, options)
  return { store, reopen: async () => openIn(await killedCopy(dir), options) }
}

/** Every adapter of the store; one suite holds for all of them. */
export const adapters: [name: string, open: Open][] = [
  ['in memory', openMemory],
  ['in a folder', async (options) => openIn(join(await newFolder(), 'state'), options)],
]
