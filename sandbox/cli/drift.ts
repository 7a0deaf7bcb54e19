import { reasonFor } from '../recording/drift/accepted-differences.ts'
import { compare, type Drift } from '../recording/drift/compare.ts'
import { answeredSpecimens, recordedSpecimens } from '../recording/drift/specimens.ts'
import type { CommandLine, Io } from './command-line.ts'
import { fail } from './input.ts'
import { addTargetOptions, placeOf, recordingsOf, type TargetFlags } from './target-options.ts'

type Flags = TargetFlags & { json?: true }

type Report = {
  new: Drift[]
  known: (Drift & { because: string })[]
  /** Files of live recordings that are older than was asked for. */
  stale: string[]
}

const drift = async (flags: Flags, io: Io): Promise<void> => {
  const place = placeOf(flags)
  const { files, stale } = await recordingsOf(flags)
  const differences = compare(await answeredSpecimens(place), recordedSpecimens(files))

  const report: Report = {
    new: differences.filter((difference) => reasonFor(difference) === undefined),
    known: differences.flatMap((difference) => {
      const because = reasonFor(difference)
      return because === undefined ? [] : [{ ...difference, because }]
    }),
    stale,
  }
  io.stdout.write(flags.json ? `${JSON.stringify(report)}\n` : sentences(report))
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
  addTargetOptions(
    program
      .command('drift')
      .description('compare what a sandbox answers with the recordings and with the contract'),
  )
    .option('--json', 'print one line of JSON')
    .action((flags: Flags) => drift(flags, io).catch(fail(io, 2)))
}
