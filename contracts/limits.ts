/**
 * The limits page, made from the tables: what every behaviour rests on, and where documents
 * contradict each other. `npm run limits` writes it in both languages; a test fails when one is out
 * of date.
 * @module
 */
import type { z } from 'zod'
import { behaviours } from './behaviours.ts'
import type { Endpoint } from './endpoint.ts'
import { endpointIds, endpoints } from './endpoints.ts'
import { type ErrorEntry, errors } from './errors.ts'
import { type Evidence, type EvidenceClass, sources } from './evidence.ts'
import { isObject, memberOf } from './json.ts'
import { classTexts, limitsTexts, subjectTexts } from './limits-texts.ts'
import { notifications, retrySchedules } from './notifications.ts'
import { fill, type Language, list, render, type Sentence } from './texts.ts'

type Table = { head: readonly Sentence[]; rows: readonly (readonly Sentence[])[] }

const known = ({ class: kind, source }: Evidence) => [classTexts[kind], source]

/** Class and source in one cell, where a row has several. */
const inOne = ({ class: kind, source }: Evidence): Sentence => ({
  items: [classTexts[kind], source],
  between: { en: ': ', zh: '：' },
})

const behaviourTable = (): Table => {
  const { about, does, class: kind, source, but, option } = limitsTexts

  return {
    head: [about, does, kind, source, but, option],
    rows: behaviours.map(({ about, does, evidence, but = '', otherwise = '' }) => [
      subjectTexts[about],
      does,
      ...known(evidence),
      but,
      otherwise && `\`${otherwise}\``,
    ]),
  }
}

const errorTable = (): Table => {
  const { situation, status, code, message, number, codeEvidence, wording, numbering } = limitsTexts
  const rows: [string, ErrorEntry][] = Object.entries(errors)

  return {
    head: [situation, status, code, message, number, codeEvidence, wording, numbering],
    rows: rows.map(([situation, { status, code, message, number, evidence, ...more }]) => [
      `\`${situation}\``,
      status,
      code,
      message,
      number,
      inOne(evidence),
      inOne(more.wording ?? evidence),
      inOne(more.numbering),
    ]),
  }
}

const notificationTable = (): Table => {
  const { event, summary, summaryEvidence, sealedAs, deliveries, sources } = limitsTexts

  return {
    head: [event, summary, summaryEvidence, sealedAs, deliveries, sources],
    rows: Object.entries(notifications).map(([event, row]) => [
      event,
      row.summary,
      inOne(row.summaryEvidence),
      row.original_type,
      retrySchedules[row.schedule].intervals.length + 1,
      row.sources.join(', '),
    ]),
  }
}

type FieldRow = {
  path: string
  label: string
  bounds: Sentence
  kind: EvidenceClass
  source: string
}

const isClass = (value: unknown): value is EvidenceClass =>
  typeof value === 'string' && Object.hasOwn(classTexts, value)

/** The lengths of a text in its unit, or the bounds of a number. */
const boundsOf = (schema: object): Sentence => {
  const bound = (name: string) => {
    const value = memberOf(schema, name)
    return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : ''
  }
  const between = (least: string, most: string) => {
    const range = `${bound(least)}…${bound(most)}`
    return range === '…' ? '' : range
  }
  const range = between('minLength', 'maxLength')
  if (range === '') return between('minimum', 'maximum') || between('minItems', 'maxItems')

  const unit = memberOf(schema, 'x-length-unit') === 'characters' ? 'characters' : 'bytes'
  return fill(limitsTexts[unit], { range })
}

/** The fields of a JSON schema that say what they rest on, by their pointer. */
const fieldsOf = (schema: unknown, path: string): FieldRow[] => {
  if (!isObject(schema)) return []
  const kind = schema['x-evidence']
  const own = isClass(kind)
    ? [
        {
          path,
          label: String(schema['title'] ?? ''),
          bounds: boundsOf(schema),
          kind,
          source: String(schema['x-source']),
        },
      ]
    : []
  const properties = isObject(schema['properties']) ? Object.entries(schema['properties']) : []
  const inner = properties.flatMap(([name, value]) =>
    fieldsOf(value, path ? `${path}.${name}` : name),
  )

  return [...own, ...inner, ...fieldsOf(schema['items'], `${path}[]`)]
}

const rowsOf = (part: Sentence, schema: z.ZodType | undefined, io: 'input' | 'output') =>
  schema === undefined
    ? []
    : fieldsOf(schema.toJSONSchema({ io }), '').map(({ path, label, bounds, kind, source }) => [
        part,
        `\`${path}\``,
        label,
        bounds,
        classTexts[kind],
        source,
      ])

const fieldTable = ({ request, response }: Endpoint): Table => {
  const { part, field, label, length, class: kind, source } = limitsTexts

  return {
    head: [part, field, label, length, kind, source],
    rows: [
      ...rowsOf(limitsTexts.path, request.path, 'input'),
      ...rowsOf(limitsTexts.query, request.query, 'input'),
      ...rowsOf(limitsTexts.body, request.body, 'input'),
      ...rowsOf(limitsTexts.answer, 'body' in response ? response.body : undefined, 'output'),
    ],
  }
}

const sourceTable = (): Table => ({
  head: [limitsTexts.source, limitsTexts.whatItIs],
  rows: Object.entries(sources),
})

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

/** The page in Markdown. @param language English unless it says otherwise */
export const limitsPage = (language: Language = 'en'): string => {
  const say = (sentence: Sentence) => render(sentence, language)
  const table = ({ head, rows }: Table) =>
    [head.map(say), head.map(() => '---'), ...rows.map((row) => row.map(say).map(cell))]
      .map((row) => `| ${row.join(' | ')} |`)
      .join('\n')

  const endpointSection = (id: string, endpoint: Endpoint) => {
    const { method, path, summary, situations, sources } = endpoint
    const refusals = situations.length
      ? list(situations.map((situation) => `\`${situation}\``))
      : limitsTexts.none

    return [
      `### \`${id}\``,
      `${method} \`${path}\` — ${say(fill(limitsTexts.sourcesOf, { summary, sources: list(sources) }))}`,
      say(fill(limitsTexts.refusalsOfItsOwn, { refusals })),
      table(fieldTable(endpoint)),
    ].join('\n\n')
  }

  const sections = [
    `# ${say(limitsTexts.title)}`,
    say(limitsTexts.intro),
    `## ${say(limitsTexts.behaviours)}`,
    table(behaviourTable()),
    `## ${say(limitsTexts.refusals)}`,
    say(limitsTexts.refusalsIntro),
    table(errorTable()),
    `## ${say(limitsTexts.callbacks)}`,
    table(notificationTable()),
    `## ${say(limitsTexts.sources)}`,
    table(sourceTable()),
    `## ${say(limitsTexts.endpoints)}`,
    say(limitsTexts.fieldsIntro),
    ...endpointIds.map((id) => endpointSection(id, endpoints[id])),
  ]
  return `${sections.join('\n\n')}\n`
}
