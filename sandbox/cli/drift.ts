import { fill, type Sentence } from '../../contracts/texts.ts'
import { reasonFor } from '../recording/drift/accepted-differences.ts'
import type { Drift } from '../recording/drift/compare.ts'
import { differenceTexts, driftHelpTexts, driftTexts } from '../recording/texts.ts'
import { unverifiableTexts } from '../verifying/texts.ts'
import type { CommandLine } from './command-line.ts'
import { fail } from './input.ts'
import { addTargetOptions, placeOf, recordingsOf, type TargetFlags } from './target-options.ts'

type Flags = TargetFlags & { json?: true }

type Report = {
  new: Drift[]
  known: (Drift & { because: Sentence })[]
  /** Files of live recordings that are older than was asked for. */
  stale: string[]
}

const drift = async (flags: Flags, { io, say }: CommandLine): Promise<void> => {
  const place = placeOf(flags, { io })
  const { files, stale } = await recordingsOf(flags)
  const { compare } = await import('../recording/drift/compare.ts')
  const { answeredSpecimens, recordedSpecimens } = await import('../recording/drift/specimens.ts')
  const differences = compare(await answeredSpecimens(place), recordedSpecimens(files))

  const report: Report = { new: [], known: [], stale }
  for (const difference of differences) {
    const because = reasonFor(difference)
    if (because === undefined) report.new.push(difference)
    else report.known.push({ ...difference, because })
  }
  const lines = flags.json ? [JSON.stringify(said(report, say))] : linesOf(report).map(say)
  for (const line of lines) io.stdout.write(`${line}\n`)
  io.exitCode = report.new.length + report.stale.length > 0 ? 1 : 0
}

/** The report with its sentences in the reader's language; codes are the same in every one. */
const said = ({ new: fresh, known, stale }: Report, say: CommandLine['say']) => {
  const shown = ({ detail, source, ...difference }: Drift) => ({
    ...difference,
    detail: say(detail),
    source: say(source),
  })

  return {
    new: fresh.map(shown),
    known: known.map((row) => ({ ...shown(row), because: say(row.because) })),
    stale,
  }
}

const linesOf = ({ new: fresh, known, stale }: Report): Sentence[] => [
  ...known.flatMap((row) => [
    fill(driftTexts.known, { difference: sentenceOf(row) }),
    fill(driftTexts.because, { reason: row.because }),
  ]),
  ...fresh.map((row) => fill(driftTexts.new, { difference: sentenceOf(row) })),
  ...stale.map((file) => fill(unverifiableTexts.stale, { file })),
  fill(driftTexts.summary, { new: fresh.length, known: known.length }),
]

const sentenceOf = ({ endpoint, pointer, what, detail, source }: Drift): Sentence =>
  fill(driftTexts.difference, {
    endpoint,
    pointer: pointer || '/',
    what: differenceTexts[what],
    detail,
    source,
  })

export const addDrift = (commandLine: CommandLine): void => {
  const { program, say } = commandLine

  addTargetOptions(
    program.command('drift').description(say(driftHelpTexts.description)),
    commandLine,
  )
    .option('--json', say(driftHelpTexts.json))
    .action((flags: Flags) => drift(flags, commandLine).catch(fail(commandLine, 2)))
}
