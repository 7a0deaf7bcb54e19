import { constants } from 'node:fs'
import { access, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fill, SentenceError } from '../../contracts/texts.ts'
import { readWorld, type World } from '../world/world-file.ts'
import { worldJson } from '../world/world-json.ts'
import { isErrorWithCode } from './input.ts'
import { inputTexts } from './texts.ts'

/**
 * Reads a world; a file that is not there yet is none.
 * @throws {SentenceError} when it could not be kept there, or the file holds something else
 */
export const readWorldFile = async (file: string): Promise<World | undefined> => {
  const folder = dirname(file)
  await access(folder, constants.W_OK).catch((cause) => {
    const code = isErrorWithCode(cause) ? cause.code : String(cause)
    throw new SentenceError(fill(inputTexts.worldUnwritable, { folder, code }), { cause })
  })

  try {
    return readWorld(await readFile(file, 'utf8'))
  } catch (error) {
    if (isErrorWithCode(error) && error.code === 'ENOENT') return undefined
    throw error
  }
}

function* worldText(world: World) {
  yield* worldJson(world)
  yield '\n'
}

/** Writes a world beside the file first, so that a break leaves the old one whole. */
export const keepWorld = async (file: string, world: World): Promise<void> => {
  const beside = `${file}.${process.pid}`
  await writeFile(beside, worldText(world), { mode: 0o600 })
  await rename(beside, file)
}
