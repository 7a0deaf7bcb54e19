import type { Command } from 'commander'
import type { Recordings } from '../verifying/recordings.ts'
import type { Place } from '../verifying/target-at.ts'
import { unverifiableTexts, verifyHelpTexts } from '../verifying/texts.ts'
import type { CommandLine } from './command-line.ts'
import { address, amount, controlTokenOf, several } from './input.ts'
import { helpTexts } from './texts.ts'
import { UsageError } from './usage-error.ts'

/** What is given of a sandbox and the recordings that are held beside it. */
export type TargetFlags = {
  target?: string
  credentials?: string
  controlToken?: string
  recordings?: string[]
  maxAge?: number
}

/** The options of every command that asks a sandbox and reads recordings. */
export const addTargetOptions = (command: Command, { say }: Pick<CommandLine, 'say'>): Command =>
  command
    .option('--target <url>', say(verifyHelpTexts.target), address)
    .option('--credentials <folder>', say(verifyHelpTexts.credentials))
    .option('--control-token <token>', say(helpTexts.controlToken))
    .option('--recordings <file>', say(verifyHelpTexts.recordings), several)
    .option('--max-age <days>', say(verifyHelpTexts.maxAge), amount(36_500))

/** Whom to ask, and as whom; `undefined` for a sandbox of the command's own. */
export const placeOf = (
  { target, credentials, ...flags }: TargetFlags,
  { io }: Pick<CommandLine, 'io'>,
): Place | undefined => {
  if (target !== undefined && credentials !== undefined) {
    const controlToken = controlTokenOf(flags, io)
    return { url: target.replace(/\/$/, ''), credentials, controlToken }
  }
  if (target === undefined && credentials === undefined) return undefined
  throw new UsageError(unverifiableTexts.together)
}

/** The recordings, and the names of those that are older than allowed. @throws {RecordingError} */
export const recordingsOf = async ({
  recordings,
  maxAge,
}: TargetFlags): Promise<{ files: Recordings; stale: string[] }> => {
  const { readRecordings, staleOf } = await import('../verifying/recordings.ts')
  const files = await readRecordings(recordings)
  return { files, stale: staleOf(files, maxAge) }
}
