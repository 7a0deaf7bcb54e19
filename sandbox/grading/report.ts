import { type JunitOutcome, junitXml, table } from '../verifying/report.ts'
import type { AcceptanceCheck } from './acceptance-checks.ts'
import type { CheckEvidence } from './evidence.ts'
import type { CheckVerdict } from './rule.ts'

/** A check and what became of it. */
export type Grade = Omit<AcceptanceCheck, 'rule'> & CheckVerdict

export const reporters = ['pretty', 'json', 'junit'] as const
export type GradeReporter = (typeof reporters)[number]

export const gradesThat = (result: CheckVerdict['result'], grades: readonly Grade[]): Grade[] =>
  grades.filter((grade) => grade.result === result)

const evidenceLine = ({ sent, got, entry }: CheckEvidence) =>
  `${sent}: ${got}${entry === undefined ? '' : ` (entry ${entry})`}`

const findingLines = ({ number, title, why, evidence, fix }: Grade): string[] => [
  `FINDING ${number}: ${title}`,
  `  ${why}`,
  ...evidence.map((each) => `  ${evidenceLine(each)}`),
  `  Fix: ${fix}`,
  '',
]

/** What several checks have in common is said once. */
const unseenLines = (grades: readonly Grade[]): string[] => {
  const reasons = [...new Set(grades.map(({ why }) => why))]
  return reasons.map((reason) => {
    const numbers = grades.filter(({ why }) => why === reason).map(({ number }) => number)
    return `not seen ${numbers.join(', ')}: ${reason}`
  })
}

const pretty = (grades: readonly Grade[]): string => {
  const findings = gradesThat('finding', grades)
  const unseen = gradesThat('not seen', grades)
  const passed = grades.length - findings.length - unseen.length
  const head = ['no.', 'result', 'severity', 'check']

  return [
    ...findings.flatMap(findingLines),
    table([head, ...grades.map((each) => [each.number, each.result, each.severity, each.title])]),
    '',
    ...unseenLines(unseen),
    '',
    `${passed} passed, ${findings.length} findings, ${unseen.length} not seen`,
    '',
  ].join('\n')
}

const members = ['number', 'title', 'severity', 'result', 'why', 'evidence', 'fix']
const evidenceMembers = ['sent', 'got', 'entry']

const json = (grades: readonly Grade[]): string =>
  `${JSON.stringify(grades, [...members, ...evidenceMembers])}\n`

const outcomeOf = ({ result, why, evidence, fix }: Grade): JunitOutcome | undefined => {
  if (result === 'pass') return undefined
  if (result === 'not seen') return { tag: 'skipped', message: why }
  return { tag: 'failure', message: [why, ...evidence.map(evidenceLine), fix].join('\n') }
}

const junit = (grades: readonly Grade[]): string => {
  const cases = grades.map((grade) => ({
    classname: grade.severity,
    name: `${grade.number} ${grade.title}`,
    outcome: outcomeOf(grade),
  }))
  return junitXml([{ name: 'grade', cases }])
}

export const reports: Record<GradeReporter, (grades: readonly Grade[]) => string> = {
  pretty,
  json,
  junit,
}
