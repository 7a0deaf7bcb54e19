import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Diagnosis } from '../../contracts/diagnosis/diagnose.ts'
import { differenceHead, differenceLines } from '../../contracts/diagnosis/text.ts'
import type { Language } from '../../contracts/texts.ts'
import type { Detail, Summary } from '../control/requests.ts'
import type { WaitingFault } from '../faults/fault-queue.ts'
import { type FaultName, faultNames, faultOf } from '../faults/faults.ts'

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

const page = (title: string, content: Html): Html => html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>${title}</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/_sandbox/console.css" />
    <script src="/_sandbox/console.js" type="module"></script>
  </head>
  <body>
    <header>
      <a href="/_sandbox">wechatpay-sandbox</a>
      <nav>
        <a href="/_sandbox/console/faults">faults</a>
        <a href="/_sandbox/limits">limits</a>
        <a href="/_sandbox/openapi.json">control API</a>
        <a href="/openapi.json">WeChat Pay API</a>
      </nav>
    </header>
    ${content}
  </body>
</html>`

/** What came and went lately, the latest first, each with what is wrong with its signature. */
export const journalPage = (
  entries: readonly Summary[],
  diagnoses: readonly (Diagnosis | undefined)[],
): Html =>
  page(
    'Journal',
    html`<main class="journal" data-live>
      <h1>Journal</h1>
      ${entries.length === 0 ? html`<p>Nothing came yet. Send a request to this sandbox.</p>` : ''}
      <table>
        <tbody>
          ${entries.map((entry, index) => row(entry, diagnoses[index]))}
        </tbody>
      </table>
    </main>`,
  )

const reasonsOf = ({ mistakes, facts }: Diagnosis): readonly string[] =>
  mistakes.length > 0 ? mistakes.map(({ sentence }) => sentence) : facts

const tone = (status: number | undefined) => {
  if (!status) return 'lost'
  return status < 300 ? 'good' : 'bad'
}

const row = (entry: Summary, diagnosis: Diagnosis | undefined): Html => {
  const { id, at, status, fault, milliseconds } = entry
  const [direction, subject, reason] =
    entry.kind === 'request'
      ? ['→', `${entry.method} ${entry.target}`, entry.situation ?? entry.because]
      : ['←', `${entry.event_type} to ${entry.url}`, entry.violation ?? entry.error]

  return html`<tr class="${tone(status)}">
    <td>${at.slice(11, 19)}</td>
    <td title="${entry.kind}">${direction}</td>
    <td>${status || 'none'}</td>
    <td>
      <a href="/_sandbox/console/${id}">${subject}</a>
      ${reason ? html`<p>${reason}</p>` : ''}
      ${diagnosis ? reasonsOf(diagnosis).map((why) => html`<p class="why">${why}</p>`) : ''}
      ${fault ? html`<p class="fault">${fault}</p>` : ''}
    </td>
    <td>${milliseconds.toFixed(1)} ms</td>
  </tr>`
}

/** What can be made to go wrong, each on a button, and what waits to. */
export const faultsPage = (waiting: readonly WaitingFault[]): Html =>
  page(
    'Faults',
    html`<main>
      <h1>Faults</h1>
      <p>Each strikes once: the next answer, or the next callback, of the first merchant.</p>
      ${waiting.length > 0 ? html`<h2>Waiting</h2>` : ''}
      <table>
        <tbody>
          ${waiting.map(waitingRow)}
        </tbody>
      </table>
      <h2>Known</h2>
      <table>
        <tbody>
          ${faultNames.map(faultRow)}
        </tbody>
      </table>
    </main>`,
  )

const waitingRow = ({ id, fault, mchid, operation, event_type, count }: WaitingFault): Html =>
  html`<tr>
    <td class="fault">${fault}</td>
    <td>${operation ?? event_type ?? 'whatever comes'} of ${mchid}, ${count} more</td>
    <td><button data-cancel="${id}">take back</button></td>
  </tr>`

const faultRow = (name: FaultName): Html =>
  html`<tr>
    <td class="fault">${name}</td>
    <td>${faultOf(name).summary.en.replaceAll('`', '')}</td>
    <td><button data-fault="${name}">order</button></td>
  </tr>`

/** All that is known of one request or delivery. */
export const entryPage = (entry: Detail): Html =>
  page(
    `Entry ${entry.id}`,
    html`<main>
      <h1>${entry.kind === 'request' ? `${entry.method} ${entry.target}` : entry.event_type}</h1>
      <p>
        ${entry.at}, answered with ${entry.status || 'nothing'} after
        ${entry.milliseconds.toFixed(1)} ms
        ${entry.fault ? html`<span class="fault">${entry.fault}</span>` : ''}
      </p>
      ${entry.kind === 'request' ? requestParts(entry) : deliveryParts(entry)}
    </main>`,
  )

type RequestDetail = Extract<Detail, { kind: 'request' }>
type DeliveryDetail = Extract<Detail, { kind: 'delivery' }>

const requestParts = (entry: RequestDetail): Html => html`
  ${entry.diagnosis ? diagnosisPart(entry.diagnosis) : ''}
  ${entry.rule ? html`<h2>Refused by ${entry.rule.situation}</h2><p>${entry.rule.message}</p>` : ''}
  ${entry.because ? html`<p class="why">${entry.because}</p>` : ''}
  ${
    entry.checks.length > 0
      ? html`<ol class="checks">
        ${entry.checks.map(({ check, held }) => html`<li class="${held ? 'good' : 'bad'}">${check}</li>`)}
      </ol>`
      : ''
  }
  ${entry.unread.length > 0 ? html`<p>Sent, but unknown: ${entry.unread.join(', ')}</p>` : ''}
  <h2>Sent</h2>
  ${headerTable(entry.headers)}
  <pre>${entry.body.text ?? entry.body.base64}</pre>
  <h2>Answered</h2>
  ${headerTable(entry.answer.headers)}
  <pre>${entry.answer.body}</pre>
`

const deliveryParts = (entry: DeliveryDetail): Html => html`
  ${entry.violation ? html`<p class="why">${entry.violation}</p>` : ''}
  <h2>Sent to ${entry.url}</h2>
  ${headerTable(entry.headers)}
  <pre>${entry.body}</pre>
  <h2>Answered</h2>
  <pre>${entry.answer ?? entry.error}</pre>
`

const diagnosisPart = (
  { mistakes, facts, difference }: Diagnosis,
  language: Language = 'en',
): Html =>
  html`<section class="diagnosis">
    <h2>Why the signature does not fit</h2>
    ${mistakes.map(({ sentence, fix }) => html`<p class="why">${sentence}</p><p>${fix}</p>`)}
    ${facts.map((fact) => html`<p>${fact}</p>`)}
    ${
      difference
        ? html`<p>${differenceHead(difference, language)}</p>
          <pre>${differenceLines(difference, language).join('\n')}</pre>`
        : ''
    }
  </section>`

const headerTable = (headers: Detail['headers']) =>
  html`<table class="headers">
    ${headers.map(([name, value]) => html`<tr><th>${name}</th><td>${value}</td></tr>`)}
  </table>`
