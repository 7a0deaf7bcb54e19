import { inject } from 'vitest'
import { render } from '../../contracts/texts.ts'
import { acceptanceChecks } from '../../sandbox/grading/acceptance-checks.ts'
import { type GradeOptions, gradeMerchant, makerFor } from '../../sandbox/grading/grade-merchant.ts'
import { type Grade, gradesThat } from '../../sandbox/grading/report.ts'
import type { NotificationMaker } from '../../sandbox/maker/notification-maker.ts'
import type { SandboxOptions } from '../../sandbox/sandbox.ts'
import { startSandbox } from '../support/sandbox.ts'
import { type Parts, startMerchant } from './sample-merchant.ts'

/** A sandbox, and a merchant who calls it. */
export const start = async (flaw: Partial<Parts> = {}, options: SandboxOptions = {}) => {
  const sandbox = await startSandbox(options)
  const merchant = await startMerchant({ ...sandbox, flaw })

  /** Two orders that are completed, while the charge is held. */
  const orderTwo = async () => {
    await sandbox.control.charges.order({ outcome: 'hold', count: 2 })
    for (const number of ['FIRST', 'SECOND']) {
      await merchant.create(number)
      await merchant.complete(number)
    }
    await sandbox.control.idle()
  }

  return { ...sandbox, merchant, orderTwo }
}

let made: Promise<NotificationMaker> | undefined
/** One for all: the key of forgeries is costly to make. */
const sharedMaker = () => {
  made ??= makerFor(inject('credentials'))
  return made
}

type Asked = Partial<GradeOptions> & { notify_url: string }

const inEnglish = ({ why, evidence, ...grade }: Grade) => ({
  ...grade,
  why: render(why, 'en'),
  evidence: evidence.map(({ sent, got, ...more }) => ({
    ...more,
    sent: render(sent, 'en'),
    got: render(got, 'en'),
  })),
})

/** The numbers of the checks by what became of them, and all that is said of each. */
export const grade = async ({ notify_url, ...options }: Asked) => {
  const grades = await gradeMerchant({
    url: new URL(notify_url),
    maker: await sharedMaker(),
    platform: 'certificate',
    sandbox: undefined,
    keyMode: undefined,
    queryWithin: 300_000,
    checks: acceptanceChecks,
    onSend: () => {},
    ...options,
  })
  const numbers = (result: Parameters<typeof gradesThat>[0]) =>
    gradesThat(result, grades).map(({ number }) => number)

  return {
    passed: numbers('pass'),
    findings: numbers('finding'),
    unseen: numbers('not seen'),
    of: (number: string) => grades.filter((each) => each.number === number).map(inEnglish)[0],
  }
}
