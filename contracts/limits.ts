/**
 * The limits page, made from the tables: what every behaviour rests on, and where documents
 * contradict each other. `npm run limits` writes it; a test fails when it is out of date.
 * @module
 */
import type { z } from 'zod'
import { behaviours } from './behaviours.ts'
import type { Endpoint } from './endpoint.ts'
import { endpointIds, endpoints } from './endpoints.ts'
import { errors } from './errors.ts'
import { type Evidence, sources } from './evidence.ts'
import { notifications, retrySchedules } from './notifications.ts'

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows.map((row) => row.map(cell))]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n')

const known = ({ class: kind, source }: Evidence) => [kind, source]

const behaviourTable = () =>
  table(
    ['About', 'The sandbox', 'Class', 'Source', 'But', 'Option'],
    behaviours.map(({ about, does, evidence, but = '', otherwise = '' }) => [
      about,
      does,
      ...known(evidence),
      but,
      otherwise && `\`${otherwise}\``,
    ]),
  )

const errorTable = () =>
  table(
    ['Situation', 'Status', 'Code', 'Message', 'Number', 'Class', 'Source'],
    Object.entries(errors).map(([situation, { status, code, message, number, evidence }]) => [
      `\`${situation}\``,
      String(status),
      code,
      message,
      String(number),
      ...known(evidence),
    ]),
  )

const notificationTable = () =>
  table(
    ['Event', 'Summary', 'Sealed as', 'Deliveries', 'Sources'],
    Object.entries(notifications).map(([event, { summary, original_type, schedule, sources }]) => [
      event,
      summary,
      original_type,
      String(retrySchedules[schedule].intervals.length + 1),
      sources.join(', '),
    ]),
  )

type Meta = { path: string; label: string; kind: string; source: string }

type Node = { [Key in string]?: unknown }

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null

/** The fields of a JSON schema that say what they rest on, by their pointer. */
const fieldsOf = (schema: unknown, path: string): Meta[] => {
  if (!isNode(schema)) return []
  const own =
    typeof schema['x-evidence'] === 'string'
      ? [
          {
            path,
            label: String(schema['title'] ?? ''),
            kind: schema['x-evidence'],
            source: String(schema['x-source']),
          },
        ]
      : []
  const properties = isNode(schema['properties']) ? Object.entries(schema['properties']) : []
  const inner = properties.flatMap(([name, value]) =>
    fieldsOf(value, path ? `${path}.${name}` : name),
  )

  return [...own, ...inner, ...fieldsOf(schema['items'], `${path}[]`)]
}

const rowsOf = (part: string, schema: z.ZodType | undefined, io: 'input' | 'output') =>
  schema === undefined
    ? []
    : fieldsOf(schema.toJSONSchema({ io }), '').map(({ path, label, kind, source }) => [
        part,
        `\`${path}\``,
        label,
        kind,
        source,
      ])

const endpointSection = (
  id: string,
  { method, path, summary, request, response, situations, sources }: Endpoint,
) =>
  [
    `### \`${id}\``,
    `${method} \`${path}\` — ${summary} Sources: ${sources.join(', ')}.`,
    `Refusals of its own: ${situations.map((situation) => `\`${situation}\``).join(', ') || 'none'}.`,
    table(
      ['In', 'Field', 'Label', 'Class', 'Source'],
      [
        ...rowsOf('path', request.path, 'input'),
        ...rowsOf('query', request.query, 'input'),
        ...rowsOf('body', request.body, 'input'),
        ...rowsOf('answer', 'body' in response ? response.body : undefined, 'output'),
      ],
    ),
  ].join('\n\n')

const sourceTable = () =>
  table(
    ['Source', 'What it is'],
    Object.entries(sources).map(([key, what]) => [key, what]),
  )

/** The page in Markdown. */
export const limitsPage = (): string =>
  [
    '# What the sandbox knows, and how',
    'Made from the tables of `contracts/` by `npm run limits`; do not edit. A fact is **documented** (printed by WeChat Pay), **observed** (a real answer or callback shown in public), read in an **sdk**, or **chosen** here because nobody says.',
    '## Behaviours and contradictions',
    behaviourTable(),
    '## Refusals',
    errorTable(),
    '## Callbacks',
    notificationTable(),
    '## Sources',
    sourceTable(),
    '## Endpoints, field by field',
    ...endpointIds.map((id) => endpointSection(id, endpoints[id])),
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n')
