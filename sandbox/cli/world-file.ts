import { readFile, rename, writeFile } from 'node:fs/promises'
import { readWorld, type World } from '../world/world-file.ts'
import { isErrorWithCode } from './input.ts'

/**
 * Reads a world; a file that is not there yet is none.
 * @throws {WorldError} when the file holds something else
 */
export const readWorldFile = async (file: string): Promise<World | undefined> => {
  try {
    return readWorld(await readFile(file, 'utf8'))
  } catch (error) {
    if (isErrorWithCode(error) && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Writes a world beside the file first, so that a break leaves the old one whole. */
export const keepWorld = async (file: string, world: World): Promise<void> => {
  const beside = `${file}.${process.pid}`
  await writeFile(beside, `${JSON.stringify(world)}\n`, { mode: 0o600 })
  await rename(beside, file)
}
