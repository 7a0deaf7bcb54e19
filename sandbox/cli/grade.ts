import { stat } from 'node:fs/promises'
import { Option } from 'commander'
import { fill } from '../../contracts/texts.ts'
import { createHostPolicy } from '../callbacks/host-policy.ts'
import { callbackTexts } from '../domain/texts.ts'
import { type AcceptanceCheck, acceptanceChecks, findChecks } from '../grading/acceptance-checks.ts'
import type { GradeOptions } from '../grading/grade-merchant.ts'
import {
  type Grade,
  type GradeReporter,
  gradesThat,
  reporters,
  reports,
  unseenActivities,
} from '../grading/report.ts'
import { gradeHelpTexts, ungradableTexts } from '../grading/texts/report.ts'
import type { CommandLine } from './command-line.ts'
import { address, amount, controlTokenOf, fail, several } from './input.ts'
import { progress } from './progress.ts'
import { helpTexts } from './texts.ts'
import { UsageError } from './usage-error.ts'

type Flags = {
  notifyUrl: string
  dir: string
  platform: GradeOptions['platform']
  sandbox?: string
  controlToken?: string
  key?: string
  queryWithin: number
  allowHost?: string[]
  only?: readonly AcceptanceCheck[]
  reporter: GradeReporter
}

const grade = async (flags: Flags, { io, language, say }: CommandLine): Promise<void> => {
  const { gradeMerchant, makerFor } = await import('../grading/grade-merchant.ts')
  const show = progress(io)
  const grades = await gradeMerchant({
    url: receiverOf(flags),
    maker: await makerFor(flags.dir),
    platform: flags.platform,
    sandbox: flags.sandbox,
    controlToken: controlTokenOf(flags, io),
    keyMode: flags.key === undefined ? undefined : await modeOf(flags.key),
    queryWithin: flags.queryWithin * 1000,
    checks: flags.only ?? acceptanceChecks,
    onSend: (sent) => show(say(sent)),
  }).finally(() => show(''))

  io.stdout.write(reports[flags.reporter](grades, language))
  io.exitCode = exitStatus(grades, flags)
}

/** 0 no finding, 1 findings, 3 nothing was seen of something that was to be seen. */
const exitStatus = (grades: readonly Grade[], { sandbox }: Flags): number => {
  if (gradesThat('finding', grades).length > 0) return 1
  const unseen = unseenActivities(grades).filter(
    (activity) => activity === 'callbacks' || sandbox !== undefined,
  )
  return unseen.length > 0 || gradesThat('pass', grades).length === 0 ? 3 : 0
}

const checksOf = (text: string): readonly AcceptanceCheck[] => {
  const found = findChecks(text)
  if (found.length > 0) return found
  throw new UsageError(ungradableTexts.checkUnknown)
}

const receiverOf = ({ notifyUrl, allowHost: allow = [] }: Flags): URL => {
  const route = createHostPolicy({ allow }).route(notifyUrl)
  if ('to' in route) return route.to
  const { host } = new URL(notifyUrl)
  const reason = Object.values(callbackTexts).find(({ en }) => en === route.withheld)
  throw new UsageError(
    fill(ungradableTexts.hostNotAllowed, { host, reason: reason ?? route.withheld }),
  )
}

/** Nothing on Windows, where modes tell nothing. */
const modeOf = async (file: string): Promise<number | undefined> =>
  process.platform === 'win32' ? undefined : (await stat(file)).mode

export const addGrade = (commandLine: CommandLine): void => {
  const { program, say } = commandLine
  const help = gradeHelpTexts

  program
    .command('grade')
    .description(say(help.description))
    .requiredOption('--notify-url <url>', say(help.notifyUrl), address)
    .option('--dir <folder>', say(help.dir), '.wechatpay-sandbox')
    .addOption(
      new Option('--platform <kind>', say(help.platform))
        .choices(['certificate', 'public-key'])
        .default('certificate'),
    )
    .option('--sandbox <url>', say(help.sandbox), address)
    .option('--control-token <token>', say(helpTexts.controlToken))
    .option('--key <file>', say(help.key))
    .option('--query-within <seconds>', say(help.queryWithin), amount(86_400), 300)
    .option('--allow-host <host>', say(help.allowHost), several)
    .option('--only <text>', say(help.only), checksOf)
    .addOption(
      new Option('--reporter <name>', say(help.reporter)).choices(reporters).default('pretty'),
    )
    .addHelpText('after', `\n${say(help.manual)}`)
    .action((flags: Flags) => grade(flags, commandLine).catch(fail(commandLine, 2)))
}
