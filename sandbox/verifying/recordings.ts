import { readFile } from 'node:fs/promises'
import { bundledFiles } from '../../contracts/replay/bundled.ts'
import { type Har, isStale, RecordingError, readHar } from '../../contracts/replay/har.ts'
import { fill } from '../../contracts/texts.ts'
import { unverifiableTexts } from './texts.ts'

/** Files of recordings by name. */
export type Recordings = ReadonlyMap<string, Har>

/** The named files, or those that come with the package. @throws {RecordingError} */
export const readRecordings = async (files: readonly string[] | undefined): Promise<Recordings> => {
  if (!files) return bundledFiles()
  const read = files.map(async (file) => {
    const text = await readFile(file, 'utf8').catch((cause) => {
      throw new RecordingError(fill(unverifiableTexts.fileUnreadable, { file }), { cause })
    })
    return [file, readHar(text, file)] as const
  })

  return new Map(await Promise.all(read))
}

/** The files of live recordings that are older; without a limit, none is too old. */
export const staleOf = (files: Recordings, maxAgeDays = Number.POSITIVE_INFINITY): string[] =>
  [...files]
    .filter(([, har]) => isStale(har, { maxAgeDays, now: Date.now() }))
    .map(([name]) => name)
