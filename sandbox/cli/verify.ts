import { Option } from 'commander'
import { coverageOf, coverageText } from '../../contracts/suite/coverage.ts'
import { interactions as suite } from '../../contracts/suite/interactions.ts'
import { strictTimes } from '../../contracts/suite/strict-times.ts'
import {
  brokenIn,
  reporters,
  reports,
  type TargetVerdict,
  type VerifyReporter,
} from '../verifying/report.ts'
import { verify as verifyAt } from '../verifying/verify.ts'
import type { CommandLine, Io } from './command-line.ts'
import { amount, fail } from './input.ts'
import { progress } from './progress.ts'
import { addTargetOptions, placeOf, recordingsOf, type TargetFlags } from './target-options.ts'
import { UsageError } from './usage-error.ts'

type Flags = TargetFlags & {
  reporter: VerifyReporter
  only?: string
  live?: true
  coverage?: true
  minCoverage?: number
}

const verify = async ({ only, live, ...flags }: Flags, io: Io): Promise<void> => {
  const place = placeOf(flags)
  if (live && !place) {
    throw new UsageError('--live asks the real service: give --target and --credentials.')
  }
  const { files, stale } = await recordingsOf(flags)
  const show = progress(io)
  const verdicts = await verifyAt({
    recordings: files,
    onProgress: show,
    ...(place && { place }),
    ...(live && { live }),
    ...(only !== undefined && { only }),
  })
  show('')

  io.stdout.write(reports[flags.reporter](verdicts))
  const lacking = reportCoverage(flags, io)
  for (const name of stale) io.stderr.write(`OLD ${name} is to be recorded again.\n`)
  io.exitCode = exitStatus(verdicts) || Number(lacking || stale.length > 0)
}

/** 0 all held, 1 a contract is broken, 3 nothing could be verified. */
const exitStatus = (verdicts: readonly TargetVerdict[]): number => {
  if (verdicts.every(({ results }) => results.length === 0)) return 3
  return verdicts.some((verdict) => brokenIn(verdict).length > 0) ? 1 : 0
}

type CoverageFlags = Pick<Flags, 'coverage' | 'minCoverage' | 'reporter'>

/** Whether the suite exercises less of the contract than was asked for. */
const reportCoverage = (
  { coverage: isAsked, minCoverage, reporter }: CoverageFlags,
  io: Io,
): boolean => {
  if (!isAsked && minCoverage === undefined) return false
  const coverage = coverageOf([...suite, ...strictTimes])
  const text = reporter === 'json' ? JSON.stringify(coverage) : coverageText(coverage)
  if (isAsked) io.stdout.write(`${text}\n`)

  const lacking = Object.entries(coverage).filter(
    ([, { exercised, total }]) => (exercised.length / total) * 100 < (minCoverage ?? 0),
  )
  for (const [name, { exercised, total }] of lacking) {
    io.stderr.write(`Of the ${name}, ${exercised.length} of ${total} are exercised.\n`)
  }
  return lacking.length > 0
}

export const addVerify = ({ program, io }: CommandLine): void => {
  addTargetOptions(
    program.command('verify').description('hold a sandbox and the recordings to the contract'),
  )
    .addOption(
      new Option('--reporter <name>', 'how to report').choices(reporters).default('pretty'),
    )
    .option('--only <text>', 'only interactions whose name has this text')
    .option('--live', 'the target is the real service; it is only asked what changes nothing')
    .option('--coverage', 'tell what of the contract the suite exercises')
    .option('--min-coverage <percent>', 'end with 1 when it exercises less', amount(100))
    .addHelpText(
      'after',
      '\nExit status: 0 all held, 1 a contract is broken, 2 could not run, 3 nothing was verified.',
    )
    .action((flags: Flags) => verify(flags, io).catch(fail(io, 2)))
}
