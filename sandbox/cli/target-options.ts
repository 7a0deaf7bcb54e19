import type { Command } from 'commander'
import { type Recordings, readRecordings, staleOf } from '../verifying/recordings.ts'
import type { Place } from '../verifying/target-at.ts'
import { address, amount, several } from './input.ts'
import { UsageError } from './usage-error.ts'

/** What is given of a sandbox and the recordings that are held beside it. */
export type TargetFlags = {
  target?: string
  credentials?: string
  recordings?: string[]
  maxAge?: number
}

/** The options of every command that asks a sandbox and reads recordings. */
export const addTargetOptions = (command: Command): Command =>
  command
    .option('--target <url>', 'a running sandbox; by default one of its own', address)
    .option('--credentials <folder>', "the target's credentials folder")
    .option(
      '--recordings <file>',
      'a HAR file instead of those of the package; repeatable',
      several,
    )
    .option('--max-age <days>', 'end with 1 when a live recording is older', amount(36_500))

/** Whom to ask, and as whom; `undefined` for a sandbox of the command's own. */
export const placeOf = ({ target, credentials }: TargetFlags): Place | undefined => {
  if (target !== undefined && credentials !== undefined) {
    return { url: target.replace(/\/$/, ''), credentials }
  }
  if (target === undefined && credentials === undefined) return undefined
  throw new UsageError('--target and --credentials go together: whom to ask, and who asks.')
}

/** The recordings, and the names of those that are older than allowed. @throws {RecordingError} */
export const recordingsOf = async ({
  recordings,
  maxAge,
}: TargetFlags): Promise<{ files: Recordings; stale: string[] }> => {
  const files = await readRecordings(recordings)
  return { files, stale: staleOf(files, maxAge) }
}
