import { compare, type Drift } from '../recording/drift/compare.ts'
import { reasonFor } from '../recording/drift/known.ts'
import {
  answeredSpecimens,
  readRecordings,
  recordedSpecimens,
  staleOf,
} from '../recording/drift/measure.ts'
import type { CommandLine, Io } from './command-line.ts'
import { address, amount, fail, several } from './input.ts'

type Flags = {
  target?: string
  credentials?: string
  recordings?: string[]
  maxAge?: number
  json?: true
}

type Report = {
  new: Drift[]
  known: (Drift & { because: string })[]
  /** Files of live recordings that are older than was asked for. */
  stale: string[]
}

const drift = async (
  { target, credentials, recordings, maxAge, json }: Flags,
  io: Io,
): Promise<void> => {
  if ((target === undefined) !== (credentials === undefined)) {
    throw new Error('--target and --credentials go together: whom to ask, and who asks.')
  }
  const files = await readRecordings(recordings)
  const place = target !== undefined && credentials !== undefined && { target, credentials }
  const answered = await answeredSpecimens(place || undefined)
  const differences = compare(answered, recordedSpecimens(files))

  const report: Report = {
    new: differences.filter((difference) => reasonFor(difference) === undefined),
    known: differences.flatMap((difference) => {
      const because = reasonFor(difference)
      return because === undefined ? [] : [{ ...difference, because }]
    }),
    stale: maxAge === undefined ? [] : staleOf(files, maxAge),
  }
  io.stdout.write(json ? `${JSON.stringify(report)}\n` : sentences(report))
  io.exitCode = report.new.length + report.stale.length > 0 ? 1 : 0
}

const sentences = ({ new: fresh, known, stale }: Report): string =>
  [
    ...known.map((row) => `known  ${sentence(row)}\n       ${row.because}`),
    ...fresh.map((row) => `NEW    ${sentence(row)}`),
    ...stale.map((name) => `OLD    ${name} is to be recorded again.`),
    `${fresh.length} new, ${known.length} known differences`,
    '',
  ].join('\n')

const sentence = ({ endpoint, pointer, what, detail, source }: Drift) =>
  `${endpoint} ${pointer || '/'} is ${what}: ${detail} (${source})`

export const addDrift = ({ program, io }: CommandLine): void => {
  program
    .command('drift')
    .description('compare what a sandbox answers with the recordings and with the contract')
    .option('--target <url>', 'a running sandbox; by default one of its own', address)
    .option('--credentials <folder>', "the target's credentials folder")
    .option(
      '--recordings <file>',
      'a HAR file instead of those of the package; repeatable',
      several,
    )
    .option('--max-age <days>', 'flag live recordings that are older', amount(36_500))
    .option('--json', 'print one line of JSON')
    .action((flags: Flags) => drift(flags, io).catch(fail(io, 2)))
}
