import { stat } from 'node:fs/promises'
import { Option } from 'commander'
import { createHostPolicy } from '../callbacks/host-policy.ts'
import { type AcceptanceCheck, acceptanceChecks, findChecks } from '../grading/acceptance-checks.ts'
import { type GradeOptions, gradeMerchant, makerFor } from '../grading/grade-merchant.ts'
import {
  type Grade,
  type GradeReporter,
  gradesThat,
  reporters,
  reports,
} from '../grading/report.ts'
import type { CommandLine, Io } from './command-line.ts'
import { address, amount, fail, several } from './input.ts'
import { progress } from './progress.ts'
import { UsageError } from './usage-error.ts'

type Flags = {
  notifyUrl: string
  dir: string
  platform: GradeOptions['platform']
  sandbox?: string
  key?: string
  queryWithin: number
  allowHost?: string[]
  only?: readonly AcceptanceCheck[]
  reporter: GradeReporter
}

const grade = async (flags: Flags, io: Io): Promise<void> => {
  const show = progress(io)
  const grades = await gradeMerchant({
    url: receiverOf(flags),
    maker: await makerFor(flags.dir),
    platform: flags.platform,
    sandbox: flags.sandbox,
    keyMode: flags.key === undefined ? undefined : await modeOf(flags.key),
    queryWithin: flags.queryWithin * 1000,
    checks: flags.only ?? acceptanceChecks,
    onSend: show,
  }).finally(() => show(''))

  io.stdout.write(reports[flags.reporter](grades))
  io.exitCode = exitStatus(grades)
}

/** 0 no finding, 1 findings, 3 nothing was seen. */
const exitStatus = (grades: readonly Grade[]): number => {
  if (gradesThat('not seen', grades).length === grades.length) return 3
  return gradesThat('finding', grades).length > 0 ? 1 : 0
}

const checksOf = (text: string): readonly AcceptanceCheck[] => {
  const found = findChecks(text)
  if (found.length > 0) return found
  throw new UsageError('No check has this number, nor this text in its title.')
}

const receiverOf = ({ notifyUrl, allowHost: allow = [] }: Flags): URL => {
  const route = createHostPolicy({ allow }).route(notifyUrl)
  if ('to' in route) return route.to
  const { host } = new URL(notifyUrl)
  throw new Error(`Callbacks to ${host} are ${route.withheld}. --allow-host allows public hosts.`)
}

/** Nothing on Windows, where modes tell nothing. */
const modeOf = async (file: string): Promise<number | undefined> =>
  process.platform === 'win32' ? undefined : (await stat(file)).mode

const help = `
Callbacks go to the receiver as WeChat Pay sends them, genuine and forged. One that keeps a book
refuses callbacks about orders that it does not know, so make two that are not yet paid:
  curl -d '{"outcome":"hold","count":2}' http://127.0.0.1:8129/_sandbox/charges
then let the merchant create and complete them with this notify_url, and name the sandbox:
  wechatpay-sandbox grade --notify-url http://127.0.0.1:8130/notify --sandbox http://127.0.0.1:8129
The journal of that sandbox shows the rest; the two orders are paid at the end.

Exit status: 0 no finding, 1 findings, 2 could not run, 3 nothing was seen.`

export const addGrade = ({ program, io, say }: CommandLine): void => {
  program
    .command('grade')
    .description("hold a merchant's integration to the checks that WeChat Pay asks of partners")
    .requiredOption('--notify-url <url>', 'where the merchant receives callbacks', address)
    .option('--dir <folder>', 'credentials folder whose keys sign', '.wechatpay-sandbox')
    .addOption(
      new Option('--platform <kind>', 'which platform key signs')
        .choices(['certificate', 'public-key'])
        .default('certificate'),
    )
    .option('--sandbox <url>', 'a running sandbox whose journal shows what was sent', address)
    .option('--key <file>', "the merchant's private key file, of which the mode is looked at")
    .option(
      '--query-within <seconds>',
      'how long an order without its callback may stay unqueried',
      amount(86_400),
      300,
    )
    .option('--allow-host <host>', 'a host beside this machine that may be called', several)
    .option(
      '--only <text>',
      'only the check of this number, else those whose title has it',
      checksOf,
    )
    .addOption(
      new Option('--reporter <name>', 'how to report').choices(reporters).default('pretty'),
    )
    .addHelpText('after', help)
    .action((flags: Flags) => grade(flags, io).catch(fail({ io, say }, 2)))
}
