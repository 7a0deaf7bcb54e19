import { lstat, open, readFile, readlink, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { fill, SentenceError } from '../../contracts/texts.ts'
import { readWorld, type World } from '../world/world-file.ts'
import { isErrorWithCode } from './input.ts'
import { inputTexts } from './texts.ts'

/**
 * Reads a world; a file that is not there yet is none.
 * @throws {SentenceError} when it could not be kept there, or the file holds something else
 */
export const readWorldFile = async (file: string): Promise<World | undefined> => {
  await checkFolder(file)
  await checkFile(file)

  try {
    return readWorld(await readFile(file, 'utf8'))
  } catch (error) {
    if (isErrorWithCode(error) && error.code === 'ENOENT') return undefined
    throw error
  }
}

const besideOf = (file: string) => `${file}.${process.pid}`

const codeOf = (cause: unknown) => (isErrorWithCode(cause) ? cause.code : String(cause))

const checkFolder = async (file: string): Promise<void> => {
  const beside = besideOf(file)
  try {
    await writeFile(beside, '')
    await rm(beside)
  } catch (cause) {
    const sentence = fill(inputTexts.worldUnwritable, {
      folder: dirname(file),
      code: codeOf(cause),
    })
    throw new SentenceError(sentence, { cause })
  }
}

const writeBits = 0o222

const checkFile = async (file: string): Promise<void> => {
  const found = await lstat(file).catch(() => undefined)
  if (!found) return
  if (found.isSymbolicLink()) {
    const target = resolve(dirname(file), await readlink(file))
    throw new SentenceError(fill(inputTexts.worldLinked, { file, target }))
  }
  // Whoever runs as root could write all the same, and the owner did not want it.
  const refused = (found.mode & writeBits) === 0 ? 'EACCES' : await codeOfOpening(file)
  if (refused !== undefined) {
    throw new SentenceError(fill(inputTexts.worldLocked, { file, code: refused }))
  }
}

const codeOfOpening = async (file: string): Promise<string | undefined> => {
  try {
    const handle = await open(file, 'r+')
    await handle.close()
    return undefined
  } catch (error) {
    return codeOf(error)
  }
}

function* closedByLineEnd(pieces: Iterable<string>) {
  yield* pieces
  yield '\n'
}

/** Writes a world beside the file first, so that a break leaves the old one whole. */
export const keepWorld = async (file: string, pieces: Iterable<string>): Promise<void> => {
  const beside = besideOf(file)
  await writeFile(beside, closedByLineEnd(pieces), { mode: 0o600 })
  await rename(beside, file)
}
