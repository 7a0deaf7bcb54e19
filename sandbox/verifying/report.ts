import { errors } from '../../contracts/errors.ts'
import type { Interaction } from '../../contracts/suite/interaction.ts'
import type { Result } from '../../contracts/suite/run.ts'
import { fill, type Language, list, render, type Sentence } from '../../contracts/texts.ts'
import { cellsOf } from './cells.ts'
import { evidenceTexts, reportTexts, targetTexts } from './texts.ts'

/** What became of the suite at one target. */
export type TargetVerdict = {
  target: string
  interactions: readonly Interaction[]
  results: readonly Result[]
}

export const reporters = ['pretty', 'json', 'junit', 'github'] as const
export type VerifyReporter = (typeof reporters)[number]

export const brokenIn = ({ results }: TargetVerdict): Result[] =>
  results.filter(({ held }) => !held)

const short = (value: unknown): string => {
  const text = value instanceof Error ? value.message : (JSON.stringify(value) ?? String(value))
  return text.length > 160 ? `${text.slice(0, 160)}…` : text
}

const failureOf = ({ interaction, assertion, evidence, ...found }: Result) => ({
  interaction,
  assertion,
  class: evidenceTexts[evidence.class],
  source: evidence.source,
  expected: short(found.expected),
  got: short(found.got),
})

const sentence = (result: Result, language: Language): string =>
  render(fill(reportTexts.failure, failureOf(result)), language)

/** What an interaction is about: a success, or a refusal by its status and code. */
const answerOf = ({ situation }: Interaction): Sentence => {
  if (situation === undefined) return reportTexts.success
  const { status, code } = errors[situation]
  return `${status} ${code}`
}

const classesOf = (results: readonly Result[]): Sentence => {
  const classes = [...new Set(results.map(({ evidence }) => evidence.class))]
  const count = (name: string) => results.filter(({ evidence }) => evidence.class === name).length

  return list(
    classes.map((name) =>
      fill(reportTexts.classCount, { class: evidenceTexts[name], count: count(name) }),
    ),
  )
}

const targetOf = (target: string): Sentence => (isTargetName(target) ? targetTexts[target] : target)

const isTargetName = (target: string): target is keyof typeof targetTexts =>
  Object.hasOwn(targetTexts, target)

/** Endpoint × answer × target: how many assertions held, and how many of each class of evidence. */
const rowsOf = ({ target, interactions, results }: TargetVerdict): Sentence[][] => {
  const rows = new Map<string, { names: Set<string>; cells: Sentence[] }>()
  for (const interaction of interactions) {
    const answer = answerOf(interaction)
    const key = `${interaction.endpoint},${render(answer, 'en')}`
    const row = rows.get(key) ?? { names: new Set<string>(), cells: [interaction.endpoint, answer] }
    row.names.add(interaction.name)
    rows.set(key, row)
  }

  return [...rows]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([, { names, cells }]) => {
      const own = results.filter(({ interaction }) => names.has(interaction))
      const seen = own.filter(({ notSeen }) => !notSeen)
      const held = seen.filter((result) => result.held).length
      return [...cells, targetOf(target), `${held}/${seen.length}`, classesOf(own)]
    })
}

/** Rows as columns of text; a Chinese character is two cells wide. */
export const table = (rows: readonly (readonly string[])[]): string => {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, cellsOf(cell))),
    [],
  )
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - cellsOf(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

type Report = (verdicts: readonly TargetVerdict[], language: Language) => string

const pretty: Report = (verdicts, language) => {
  const broken = verdicts.flatMap(brokenIn)
  const results = verdicts.flatMap((verdict) => verdict.results)
  const notSeen = results.filter((result) => result.notSeen).length
  const count = results.length - notSeen
  const { endpoint, answer, target, held, evidence } = reportTexts
  const head = [endpoint, answer, target, held, evidence]
  const rows = [head, ...verdicts.flatMap(rowsOf)]

  return [
    ...broken.map((result) => render(fill(reportTexts.broken, failureOf(result)), language)),
    table(rows.map((row) => row.map((cell) => render(cell, language)))),
    render(fill(reportTexts.summary, { held: count - broken.length, count }), language),
    ...(notSeen > 0 ? [render(fill(reportTexts.notSeen, { count: notSeen }), language)] : []),
    '',
  ].join('\n')
}

const json: Report = (verdicts) => {
  const shown = verdicts.map(({ target, results }) => ({
    target,
    results: results.map(({ expected, got, ...result }) =>
      result.held ? result : { ...result, expected: short(expected), got: short(got) },
    ),
  }))
  return `${JSON.stringify(shown)}\n`
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** What became of a case that did not pass. */
export type JunitOutcome = { tag: 'failure' | 'skipped'; message: string }

type JunitSuite = {
  name: string
  cases: readonly { classname: string; name: string; outcome?: JunitOutcome | undefined }[]
}

/** Suites as JUnit writes them. */
export const junitXml = (suites: readonly JunitSuite[]): string => {
  const lines = suites.flatMap(({ name: suite, cases }) => {
    const count = (tag: JunitOutcome['tag']) =>
      cases.filter(({ outcome }) => outcome?.tag === tag).length
    const counts = `tests="${cases.length}" failures="${count('failure')}" skipped="${count('skipped')}"`

    return [
      `  <testsuite name="${escaped(suite)}" ${counts}>`,
      ...cases.map(({ classname, name, outcome }) => {
        const names = `classname="${escaped(classname)}" name="${escaped(name)}"`
        const inner = outcome && `<${outcome.tag} message="${escaped(outcome.message)}"/>`
        return inner ? `    <testcase ${names}>${inner}</testcase>` : `    <testcase ${names}/>`
      }),
      '  </testsuite>',
    ]
  })

  return ['<?xml version="1.0"?>', '<testsuites>', ...lines, '</testsuites>', ''].join('\n')
}

const outcomeOf = (result: Result, language: Language): JunitOutcome | undefined => {
  if (result.notSeen) {
    return { tag: 'skipped', message: render(fill(reportTexts.notSeen, { count: 1 }), language) }
  }
  return result.held ? undefined : { tag: 'failure', message: sentence(result, language) }
}

const junit: Report = (verdicts, language) =>
  junitXml(
    verdicts.map(({ target, results }) => ({
      name: target,
      cases: results.map((result) => ({
        classname: result.interaction,
        name: result.assertion,
        outcome: outcomeOf(result, language),
      })),
    })),
  )

const onOneLine = (text: string) =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const github: Report = (verdicts, language) => {
  const title = render(reportTexts.contractBroken, language)
  const lines = verdicts.flatMap((verdict) =>
    brokenIn(verdict).map(
      (result) => `::error title=${title}::${onOneLine(sentence(result, language))}`,
    ),
  )
  return [...lines, pretty(verdicts, language)].join('\n')
}

export const reports: Record<VerifyReporter, Report> = { pretty, json, junit, github }
