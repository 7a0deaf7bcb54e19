import { Option } from 'commander'
import { fill } from '../../contracts/texts.ts'
import {
  brokenIn,
  reporters,
  reports,
  type TargetVerdict,
  type VerifyReporter,
} from '../verifying/report.ts'
import { unverifiableTexts, verifyHelpTexts } from '../verifying/texts.ts'
import type { CommandLine } from './command-line.ts'
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

const verify = async (
  { only, live, ...flags }: Flags,
  { io, language, say }: CommandLine,
): Promise<void> => {
  const place = placeOf(flags, { io })
  if (live && !place) throw new UsageError(unverifiableTexts.liveAlone)
  const { files, stale } = await recordingsOf(flags)
  const show = progress(io)
  const { verify: verifyAt } = await import('../verifying/verify.ts')
  const verdicts = await verifyAt({
    recordings: files,
    onProgress: show,
    ...(place && { place }),
    ...(live && { live }),
    ...(only !== undefined && { only }),
  })
  show('')
  io.stdout.write(reports[flags.reporter](verdicts, language))

  const { coverageOf, coverageText, lackingIn } = await import('../../contracts/suite/coverage.ts')
  const { interactions: suite } = await import('../../contracts/suite/interactions.ts')
  const { strictTimes } = await import('../../contracts/suite/strict-times.ts')
  const coverage = coverageOf([...suite, ...strictTimes])
  const text =
    flags.reporter === 'json' ? JSON.stringify(coverage) : coverageText(coverage, language)
  if (flags.coverage) io.stdout.write(`${text}\n`)
  const complaints = [
    ...lackingIn(coverage, flags.minCoverage ?? 0),
    ...stale.map((file) => fill(unverifiableTexts.stale, { file })),
  ]
  for (const complaint of complaints) io.stderr.write(`${say(complaint)}\n`)
  io.exitCode = exitStatus(verdicts) || Number(complaints.length > 0)
}

/** 0 all held, 1 a contract is broken, 3 nothing could be verified. */
const exitStatus = (verdicts: readonly TargetVerdict[]): number => {
  if (verdicts.every(({ results }) => results.length === 0)) return 3
  return verdicts.some((verdict) => brokenIn(verdict).length > 0) ? 1 : 0
}

export const addVerify = (commandLine: CommandLine): void => {
  const { program, say } = commandLine
  const { description, reporter, only, live, coverage, minCoverage, exitStatus } = verifyHelpTexts

  addTargetOptions(program.command('verify').description(say(description)), commandLine)
    .addOption(new Option('--reporter <name>', say(reporter)).choices(reporters).default('pretty'))
    .option('--only <text>', say(only))
    .option('--live', say(live))
    .option('--coverage', say(coverage))
    .option('--min-coverage <percent>', say(minCoverage), amount(100))
    .addHelpText('after', `\n${say(exitStatus)}`)
    .action((flags: Flags) => verify(flags, commandLine).catch(fail(commandLine, 2)))
}
