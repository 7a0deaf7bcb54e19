import { errors } from '../../contracts/errors.ts'
import type { Interaction } from '../../contracts/suite/interaction.ts'
import type { Result } from '../../contracts/suite/run.ts'

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

const sentence = ({ interaction, assertion, evidence, expected, got }: Result) =>
  `${interaction}: ${assertion} (${evidence.class}, ${evidence.source}); expected ${short(expected)}, got ${short(got)}`

/** What an interaction is about: a success, or a refusal by its status and code. */
const answerOf = ({ situation }: Interaction): string => {
  if (situation === undefined) return 'success'
  const { status, code } = errors[situation]
  return `${status} ${code}`
}

const classesOf = (results: readonly Result[]): string => {
  const classes = [...new Set(results.map(({ evidence }) => evidence.class))]
  const count = (name: string) => results.filter(({ evidence }) => evidence.class === name).length

  return classes.map((name) => `${name} ${count(name)}`).join(', ')
}

/** Endpoint × answer × target: how many assertions held, and how many of each class of evidence. */
const rowsOf = ({ target, interactions, results }: TargetVerdict): string[][] => {
  const rows = new Map<string, { names: Set<string>; cells: [string, string] }>()
  for (const interaction of interactions) {
    const cells: [string, string] = [interaction.endpoint, answerOf(interaction)]
    const row = rows.get(cells.join()) ?? { names: new Set<string>(), cells }
    row.names.add(interaction.name)
    rows.set(cells.join(), row)
  }

  return [...rows.values()]
    .toSorted((one, other) => one.cells.join().localeCompare(other.cells.join()))
    .map(({ names, cells }) => {
      const own = results.filter(({ interaction }) => names.has(interaction))
      const held = own.filter((result) => result.held).length
      return [...cells, target, `${held}/${own.length}`, classesOf(own)]
    })
}

/** Rows as columns of text. */
export const table = (rows: readonly (readonly string[])[]): string => {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, cell.length)),
    [],
  )
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

const pretty = (verdicts: readonly TargetVerdict[]): string => {
  const broken = verdicts.flatMap(brokenIn)
  const count = verdicts.reduce((sum, { results }) => sum + results.length, 0)
  const head = ['endpoint', 'answer', 'target', 'held', 'evidence']

  return [
    ...broken.map((result) => `BROKEN ${sentence(result)}`),
    table([head, ...verdicts.flatMap(rowsOf)]),
    `${count - broken.length} of ${count} assertions held`,
    '',
  ].join('\n')
}

const json = (verdicts: readonly TargetVerdict[]): string => {
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

const junit = (verdicts: readonly TargetVerdict[]): string =>
  junitXml(
    verdicts.map(({ target, results }) => ({
      name: target,
      cases: results.map((result) => ({
        classname: result.interaction,
        name: result.assertion,
        outcome: result.held ? undefined : { tag: 'failure', message: sentence(result) },
      })),
    })),
  )

const onOneLine = (text: string) =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const github = (verdicts: readonly TargetVerdict[]): string => {
  const lines = verdicts.flatMap((verdict) =>
    brokenIn(verdict).map(
      (result) => `::error title=contract broken::${onOneLine(sentence(result))}`,
    ),
  )
  return [...lines, pretty(verdicts)].join('\n')
}

export const reports: Record<VerifyReporter, (verdicts: readonly TargetVerdict[]) => string> = {
  pretty,
  json,
  junit,
  github,
}
