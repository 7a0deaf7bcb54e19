import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Option } from 'commander'
import { endpoints } from '../../contracts/endpoints.ts'
import { coverageOf, coverageText } from '../../contracts/suite/coverage.ts'
import type { Interaction } from '../../contracts/suite/interaction.ts'
import { interactions as suite } from '../../contracts/suite/interactions.ts'
import { run } from '../../contracts/suite/run.ts'
import { strictTimes } from '../../contracts/suite/strict-times.ts'
import { readRecordings, staleOf } from '../recording/drift/measure.ts'
import { createSandbox, type SandboxOptions } from '../sandbox.ts'
import { recordedVerdict } from '../verifying/recorded-verdict.ts'
import {
  brokenIn,
  reporters,
  reports,
  type TargetVerdict,
  type VerifyReporter,
} from '../verifying/report.ts'
import { targetAt } from '../verifying/target-at.ts'
import type { CommandLine, Io } from './command-line.ts'
import { address, amount, fail, several } from './input.ts'
import { progress } from './progress.ts'

type Flags = {
  target?: string
  credentials?: string
  recordings?: string[]
  reporter: VerifyReporter
  only?: string
  live?: true
  coverage?: true
  minCoverage?: number
  maxAge?: number
}

/** The flags, and where to show what is asked. */
type Shown = Flags & { show: (text: string) => void }

type Place = { url: string; credentials: string }

const verify = async (flags: Flags, io: Io): Promise<void> => {
  const show = progress(io)
  const files = await readRecordings(flags.recordings)
  const verdicts = [await ofTarget({ ...flags, show })]
  for (const [name, har] of files) {
    show(name)
    verdicts.push(await recordedVerdict(name, { har, isWanted: isWanted(flags) }))
  }
  show('')

  io.stdout.write(reports[flags.reporter](verdicts))
  const lacking = reportCoverage(flags, io)
  const stale = flags.maxAge === undefined ? [] : staleOf(files, flags.maxAge)
  for (const name of stale) io.stderr.write(`OLD ${name} is to be recorded again.\n`)
  io.exitCode = exitStatus(verdicts) || Number(lacking || stale.length > 0)
}

/** 0 all held, 1 a contract is broken, 3 nothing could be verified. */
const exitStatus = (verdicts: readonly TargetVerdict[]): number => {
  if (verdicts.every(({ results }) => results.length === 0)) return 3
  return verdicts.some((verdict) => brokenIn(verdict).length > 0) ? 1 : 0
}

/** Whether the suite exercises less of the contract than was asked for. */
const reportCoverage = ({ coverage: isAsked, minCoverage, reporter }: Flags, io: Io): boolean => {
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

const isWanted =
  ({ only }: Flags) =>
  (name: string): boolean =>
    only === undefined || name.includes(only)

const ofTarget = async (flags: Shown): Promise<TargetVerdict> => {
  const { target: url, credentials, live } = flags
  if ((url === undefined) !== (credentials === undefined)) {
    throw new Error('--target and --credentials go together: whom to ask, and who asks.')
  }
  if (url === undefined || credentials === undefined) {
    if (live) throw new Error('--live asks the real service: give --target and --credentials.')
    return ofOwnSandboxes(flags)
  }
  if (live) return ofLive({ url, credentials }, flags)

  await checkReachable(url)
  await checkCredentials({ url, credentials })
  return asItWas(url, () => ofSandbox({ url, credentials }, flags))
}

/** Strict times need a sandbox that keeps them. */
const ofOwnSandboxes = async (flags: Shown): Promise<TargetVerdict> => {
  const usual = await withOwnSandbox({}, (place) => ofSandbox(place, flags))
  const strict = await withOwnSandbox({ strictTime: true }, (place) =>
    ofSandbox(place, flags, strictTimes),
  )

  return {
    target: usual.target,
    interactions: [...usual.interactions, ...strict.interactions],
    results: [...usual.results, ...strict.results],
  }
}

const ofSandbox = async (
  place: Place,
  flags: Shown,
  all: readonly Interaction[] = suite,
): Promise<TargetVerdict> => {
  const interactions = all.filter(({ name }) => isWanted(flags)(name))
  const results = await run(interactions, await targetAt(place), {
    onBegin: shown(interactions, flags),
  })

  return { target: 'sandbox', interactions, results }
}

/** The real service is only asked what changes nothing. */
const ofLive = async (place: Place, flags: Shown): Promise<TargetVerdict> => {
  const interactions = suite.filter(
    ({ name, given, endpoint }) =>
      given === 'merchant' && endpoints[endpoint].method === 'GET' && isWanted(flags)(name),
  )
  const results = await run(interactions, await targetAt(place), {
    onBegin: shown(interactions, flags),
  })

  return { target: 'live', interactions, results }
}

const shown =
  ({ length }: readonly Interaction[], { show }: Shown) =>
  ({ name }: Interaction, index: number) =>
    show(`${index + 1}/${length} ${name}`)

/** The suite moves the clock and uses numbers up; afterwards the sandbox is as it was. */
const asItWas = async <Outcome>(url: string, use: () => Promise<Outcome>): Promise<Outcome> => {
  const snapshot = `${url}/_sandbox/snapshots/verify-${process.pid}`
  const post = async (address: string) => {
    const response = await fetch(address, { method: 'POST' })
    if (!response.ok) throw new Error(`${address} got ${response.status}.`)
  }

  await post(snapshot)
  try {
    return await use()
  } finally {
    await post(`${snapshot}/restore`)
  }
}

/** A sandbox says its merchants; whatever does not is down, or something else. */
const checkReachable = async (url: string) => {
  const response = await fetch(`${url}/_sandbox/merchants`).catch((cause) => {
    throw new Error(`${url} does not answer. Start a sandbox there, or check --target.`, { cause })
  })
  const isJson = response.headers.get('Content-Type')?.startsWith('application/json')
  await response.body?.cancel()
  if (!response.ok || !isJson) throw new Error(`${url} is not a sandbox of this package.`)
}

const checkCredentials = async ({ url, credentials }: Place) => {
  const { call } = await targetAt({ url, credentials })
  const { status } = await call({ endpoint: 'certificates.list' })
  if (status !== 401) return

  throw new Error(
    `${url} does not know the keys in ${credentials}. Give the folder that this sandbox was started with.`,
  )
}

const withOwnSandbox = async <Outcome>(
  options: SandboxOptions,
  use: (place: Place) => Promise<Outcome>,
): Promise<Outcome> => {
  const folder = await mkdtemp(join(tmpdir(), 'wechatpay-sandbox-verify-'))
  const credentials = join(folder, 'credentials')
  const sandbox = await createSandbox({ ...options, dir: credentials })
  const { url } = await sandbox.listen()

  try {
    return await use({ url, credentials })
  } finally {
    await sandbox.close()
    await rm(folder, { recursive: true, force: true })
  }
}

export const addVerify = ({ program, io }: CommandLine): void => {
  program
    .command('verify')
    .description('hold a sandbox and the recordings to the contract')
    .option('--target <url>', 'a running sandbox; by default one of its own', address)
    .option('--credentials <folder>', "the target's credentials folder")
    .option(
      '--recordings <file>',
      'a HAR file instead of those of the package; repeatable',
      several,
    )
    .addOption(
      new Option('--reporter <name>', 'how to report').choices(reporters).default('pretty'),
    )
    .option('--only <text>', 'only interactions whose name has this text')
    .option('--live', 'the target is the real service; it is only asked what changes nothing')
    .option('--coverage', 'tell what of the contract the suite exercises')
    .option('--min-coverage <percent>', 'end with 1 when it exercises less', amount(100))
    .option('--max-age <days>', 'end with 1 when a live recording is older', amount(36_500))
    .addHelpText(
      'after',
      '\nExit status: 0 all held, 1 a contract is broken, 2 could not run, 3 nothing was verified.',
    )
    .action((flags: Flags) => verify(flags, io).catch(fail(io, 2)))
}
