import { type FileHandle, open, rename } from 'node:fs/promises'
import type { Har, Recording } from '../../contracts/replay/har.ts'

/** A HAR file that grows: whole after each entry, each of which is written once. */
export type HarFile = {
  /** Writes the entry where the end of the file was, and the end behind it. */
  add(entry: Recording): Promise<void>
  close(): Promise<void>
}

const end = '\n    ]\n  }\n}\n'

/**
 * Begins a file without entries in place of what is there.
 * @throws {Error} with the code of the system
 */
export const createHarFile = async (
  path: string,
  { log: { entries: _, ...about } }: Har,
): Promise<HarFile> => {
  const head = JSON.stringify({ log: { ...about, entries: [] } }, null, 2)
  // Up to the list, which is the last member.
  const start = `${head.slice(0, head.lastIndexOf(']'))}`
  const beside = `${path}.${process.pid}`
  const file = await open(beside, 'w', 0o600)
  try {
    await file.write(start + end)
    await rename(beside, path)
  } catch (error) {
    await file.close()
    throw error
  }

  return appending(file, Buffer.byteLength(start))
}

/** The end is written with each entry at once, so that a break leaves either the one or the other. */
const appending = (file: FileHandle, start: number): HarFile => {
  let at = start
  let isFirst = true

  return {
    add: async (entry) => {
      const text = JSON.stringify(entry, null, 2).replaceAll('\n', '\n      ')
      const added = `${isFirst ? '' : ','}\n      ${text}`
      await file.write(Buffer.from(added + end), 0, null, at).catch(async (error: unknown) => {
        // What was there before, whole, if the disk is full.
        await file.truncate(at)
        await file.write(end, at)
        throw error
      })
      at += Buffer.byteLength(added)
      isFirst = false
    },
    close: () => file.close(),
  }
}
