import { fill, type Language, list, render, type Sentence } from '../../contracts/texts.ts'
import { type JunitOutcome, junitXml, table } from '../verifying/report.ts'
import type { AcceptanceCheck } from './acceptance-checks.ts'
import type { CheckEvidence } from './evidence.ts'
import type { CheckVerdict, Reason } from './rule.ts'
import { checkFixTexts, checkTitleTexts } from './texts/checks.ts'
import { reasonTexts } from './texts/reasons.ts'
import { gradeReportTexts, resultTexts, severityTexts } from './texts/report.ts'

/** A check and what became of it. */
export type Grade = Omit<AcceptanceCheck, 'rule'> & CheckVerdict

export const reporters = ['pretty', 'json', 'junit'] as const
export type GradeReporter = (typeof reporters)[number]

export const gradesThat = (result: CheckVerdict['result'], grades: readonly Grade[]): Grade[] =>
  grades.filter((grade) => grade.result === result)

const nothingSeenTexts = {
  callbacks: gradeReportTexts.nothingOfCallbacks,
  requests: gradeReportTexts.nothingOfRequests,
} as const

/** What the merchant does by which checks are seen. */
type Activity = keyof typeof nothingSeenTexts

/** The activities that checks were to see, and of which none saw anything. */
export const unseenActivities = (grades: readonly Grade[]): Activity[] =>
  (['callbacks', 'requests'] as const).filter((activity) => {
    const own = grades.filter(({ seenBy }) => seenBy === activity)
    return own.length > 0 && own.every(({ result }) => result === 'not seen')
  })

const evidenceLine = ({ sent, got, entry }: CheckEvidence): Sentence =>
  entry === undefined
    ? fill(gradeReportTexts.evidence, { sent, got })
    : fill(gradeReportTexts.evidenceOfEntry, { sent, got, entry })

const fixOf = ({ number }: Grade): Sentence =>
  fill(gradeReportTexts.fix, { fix: checkFixTexts[number] })

const findingLines = (grade: Grade): Sentence[] => [
  fill(gradeReportTexts.finding, { number: grade.number, title: checkTitleTexts[grade.number] }),
  grade.why,
  ...grade.evidence.map(evidenceLine),
  fixOf(grade),
]

type Report = (grades: readonly Grade[], language: Language) => string

const pretty: Report = (grades, language) => {
  const say = (sentence: Sentence) => render(sentence, language)
  const findings = gradesThat('finding', grades)
  const unseen = gradesThat('not seen', grades)
  const { number, result, severity, check, notSeen, summary } = gradeReportTexts
  const rows: Sentence[][] = grades.map((grade) => [
    grade.number,
    resultTexts[grade.result],
    severityTexts[grade.severity],
    checkTitleTexts[grade.number],
  ])
  const counts = {
    passed: gradesThat('pass', grades).length,
    findings: findings.length,
    unseen: unseen.length,
  }

  // What several checks have in common is said once.
  const numbers = new Map<string, string[]>()
  for (const grade of unseen) {
    const why = say(grade.why)
    numbers.set(why, [...(numbers.get(why) ?? []), grade.number])
  }

  return [
    ...findings.flatMap((grade) => [findingLines(grade).map(say).join('\n  '), '']),
    table([[number, result, severity, check], ...rows].map((row) => row.map(say))),
    '',
    ...[...numbers].map(([why, those]) => say(fill(notSeen, { numbers: list(those), why }))),
    ...unseenActivities(grades).map((activity) => say(nothingSeenTexts[activity])),
    '',
    say(fill(summary, counts)),
    '',
  ].join('\n')
}

const codes = new Map<Sentence, string>(
  Object.entries(reasonTexts).map(([code, text]) => [text, code]),
)
const codeOf = (why: Reason) => codes.get('text' in why ? why.text : why)

const json: Report = (grades, language) => {
  const say = (sentence: Sentence) => render(sentence, language)
  const shown = grades.map(({ number, severity, result, why, evidence }) => ({
    number,
    title: say(checkTitleTexts[number]),
    severity,
    result,
    code: codeOf(why),
    why: say(why),
    evidence: evidence.map(({ sent, got, code, status, entry }) => ({
      sent: say(sent),
      got: say(got),
      code,
      status,
      entry,
    })),
    fix: say(checkFixTexts[number]),
  }))
  return `${JSON.stringify(shown)}\n`
}

const outcomeOf = (grade: Grade, language: Language): JunitOutcome | undefined => {
  const { result, why, evidence } = grade
  if (result === 'pass') return undefined
  if (result === 'not seen') return { tag: 'skipped', message: render(why, language) }
  const lines = [why, ...evidence.map(evidenceLine), checkFixTexts[grade.number]]
  return { tag: 'failure', message: lines.map((line) => render(line, language)).join('\n') }
}

const junit: Report = (grades, language) => {
  const cases = grades.map((grade) => ({
    classname: grade.severity,
    name: `${grade.number} ${render(checkTitleTexts[grade.number], language)}`,
    outcome: outcomeOf(grade, language),
  }))
  return junitXml([{ name: 'grade', cases }])
}

export const reports: Record<GradeReporter, Report> = { pretty, json, junit }
