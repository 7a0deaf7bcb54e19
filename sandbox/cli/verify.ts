import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Command, Option } from 'commander'
import { interactions as suite } from '../../contracts/suite/interactions.ts'
import { run } from '../../contracts/suite/run.ts'
import { createSandbox } from '../sandbox.ts'
import { readRecordings } from './drift/measure.ts'
import { address, fail } from './input.ts'
import { recordedVerdict } from './verify/recorded-verdict.ts'
import { brokenIn, type Reporter, reporters, reports, type Verdict } from './verify/report.ts'
import { sandboxTarget } from './verify/sandbox-target.ts'

type Flags = {
  target?: string
  credentials?: string
  recordings?: string[]
  reporter: Reporter
  only?: string
}

type Place = { url: string; credentials: string }

const verify = async (flags: Flags): Promise<void> => {
  const { target, credentials, reporter } = flags
  if ((target === undefined) !== (credentials === undefined)) {
    throw new Error('--target and --credentials go together: whom to ask, and who asks.')
  }

  const files = await readRecordings(flags.recordings)
  const verdicts =
    target !== undefined && credentials !== undefined
      ? [await ofSandbox({ url: target, credentials }, flags)]
      : [await withOwnSandbox((place) => ofSandbox(place, flags))]
  for (const [name, har] of files) {
    progress(name)
    verdicts.push(await recordedVerdict(name, { har, isWanted: isWanted(flags) }))
  }
  progress('')

  process.stdout.write(reports[reporter](verdicts))
  process.exitCode = exitStatus(verdicts)
}

/** 0 all held, 1 a contract is broken, 3 nothing could be verified. */
const exitStatus = (verdicts: readonly Verdict[]): number => {
  if (verdicts.every(({ results }) => results.length === 0)) return 3
  return verdicts.some((verdict) => brokenIn(verdict).length > 0) ? 1 : 0
}

const isWanted =
  ({ only }: Flags) =>
  (name: string): boolean =>
    only === undefined || name.includes(only)

const ofSandbox = async (place: Place, flags: Flags): Promise<Verdict> => {
  await checkReachable(place.url)
  const target = await sandboxTarget(place)
  const interactions = suite.filter(({ name }) => isWanted(flags)(name))
  const results = []
  for (const [index, interaction] of interactions.entries()) {
    progress(`${index + 1}/${interactions.length} ${interaction.name}`)
    results.push(...(await run([interaction], target)))
  }

  return { target: 'sandbox', interactions, results }
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

const withOwnSandbox = async <Result>(use: (place: Place) => Promise<Result>): Promise<Result> => {
  const folder = await mkdtemp(join(tmpdir(), 'wechatpay-sandbox-verify-'))
  const credentials = join(folder, 'credentials')
  const sandbox = await createSandbox({ dir: credentials })
  const { url } = await sandbox.listen()

  try {
    return await use({ url, credentials })
  } finally {
    await sandbox.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** One line that changes, on a terminal only. */
const progress = (text: string) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text.slice(0, 100)}`)
}

const several = (value: string, before: string[] = []) => [...before, value]

export const addVerify = (program: Command): void => {
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
    .addHelpText(
      'after',
      '\nExit status: 0 all held, 1 a contract is broken, 2 could not run, 3 nothing was verified.',
    )
    .action((flags: Flags) =>
      verify(flags).catch((error) => {
        fail(error)
        process.exitCode = 2
      }),
    )
}
