import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Diagnosis } from '../../contracts/diagnosis/diagnose.ts'
import { differenceHead, differenceLines } from '../../contracts/diagnosis/diagnosis.ts'
import { fill, type Language, list, render, type Sentence } from '../../contracts/texts.ts'
import type { Detail, Summary } from '../control/requests.ts'
import type { WaitingFault } from '../faults/fault-queue.ts'
import { type FaultName, faultNames, faultOf } from '../faults/faults.ts'
import { checkTexts, consoleTexts } from './texts.ts'

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** Whoever reads, and how what is said reaches them. */
type Reader = { language: Language; say: (sentence: Sentence) => string }

export const readerOf = (language: Language): Reader => ({
  language,
  say: (sentence) => render(sentence, language),
})

const choices = [
  { lang: 'zh', name: '中文' },
  { lang: 'en', name: 'English' },
] as const

const choice = ({ language }: Reader): Html =>
  html`${choices.map(({ lang, name }) =>
    lang === language
      ? html`<strong lang="${lang}">${name}</strong>`
      : html`<a href="?lang=${lang}" lang="${lang}">${name}</a>`,
  )}`

const page = (reader: Reader, title: Sentence, content: Html): Html => html`<!doctype html>
<html lang="${reader.language === 'zh' ? 'zh-CN' : 'en'}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>${reader.say(title)}</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/_sandbox/console.css" />
    <script src="/_sandbox/console.js" type="module"></script>
  </head>
  <body>
    <header>
      <a href="/_sandbox">wechatpay-sandbox</a>
      <nav>
        <a href="/_sandbox/console/faults">${reader.say(consoleTexts.faults)}</a>
        <a href="/_sandbox/limits">${reader.say(consoleTexts.limits)}</a>
        <a href="/_sandbox/openapi.json">${reader.say(consoleTexts.controlApi)}</a>
        <a href="/openapi.json">${reader.say(consoleTexts.wechatpayApi)}</a>
        <span class="languages">${choice(reader)}</span>
      </nav>
    </header>
    ${content}
  </body>
</html>`

/** An entry with why it was refused: by the diagnosis of its signature, or by another rule. */
export type Explained = {
  entry: Summary
  diagnosis?: Diagnosis | undefined
  reason?: string | undefined
}

/** What came and went lately, the latest first, each with why it was refused. */
export const journalPage = (entries: readonly Explained[], reader: Reader): Html =>
  page(
    reader,
    consoleTexts.journal,
    html`<main class="journal" data-live>
      <h1>${reader.say(consoleTexts.journal)}</h1>
      ${entries.length === 0 ? html`<p>${reader.say(consoleTexts.nothingYet)}</p>` : ''}
      <table>
        <tbody>
          ${entries.map((entry) => row(entry, reader))}
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

const row = ({ entry, diagnosis, reason }: Explained, { say }: Reader): Html => {
  const { id, at, kind, status, fault, milliseconds } = entry
  const [direction, subject, verdict] =
    entry.kind === 'request'
      ? ['→', `${entry.method} ${entry.target}`, entry.situation]
      : [
          '←',
          say(fill(consoleTexts.deliveryTo, { event: entry.event_type, url: entry.url })),
          entry.violation ?? entry.error,
        ]
  const told = reason ?? (entry.kind === 'request' ? entry.reason : undefined)
  const whys = diagnosis ? reasonsOf(diagnosis) : [told].filter((why) => why !== undefined)

  return html`<tr class="${tone(status)}">
    <td>${at.slice(11, 19)}</td>
    <td title="${say(consoleTexts[kind])}">${direction}</td>
    <td>${status || say(consoleTexts.noStatus)}</td>
    <td>
      <a href="/_sandbox/console/${id}">${subject}</a>
      ${verdict ? html`<p>${verdict}</p>` : ''}
      ${whys.map((why) => html`<p class="why">${why}</p>`)}
      ${fault ? html`<p class="fault">${fault}</p>` : ''}
    </td>
    <td>${say(fill(consoleTexts.milliseconds, { time: milliseconds.toFixed(1) }))}</td>
  </tr>`
}

/** What can be made to go wrong, each on a button, and what waits to. */
export const faultsPage = (waiting: readonly WaitingFault[], reader: Reader): Html =>
  page(
    reader,
    consoleTexts.faults,
    html`<main>
      <h1>${reader.say(consoleTexts.faults)}</h1>
      <p>${reader.say(consoleTexts.faultsStrike)}</p>
      ${waiting.length > 0 ? html`<h2>${reader.say(consoleTexts.waiting)}</h2>` : ''}
      <table>
        <tbody>
          ${waiting.map((fault) => waitingRow(fault, reader))}
        </tbody>
      </table>
      <h2>${reader.say(consoleTexts.known)}</h2>
      <table>
        <tbody>
          ${faultNames.map((name) => faultRow(name, reader))}
        </tbody>
      </table>
    </main>`,
  )

const waitingRow = (
  { id, fault, mchid, operation, event_type, count }: WaitingFault,
  { say }: Reader,
): Html => {
  const what = operation ?? event_type ?? consoleTexts.whatever
  return html`<tr>
    <td class="fault">${fault}</td>
    <td>${say(fill(consoleTexts.waitingFor, { what, mchid, count }))}</td>
    <td><button data-cancel="${id}">${say(consoleTexts.takeBack)}</button></td>
  </tr>`
}

const faultRow = (name: FaultName, { say }: Reader): Html =>
  html`<tr>
    <td class="fault">${name}</td>
    <td>${say(faultOf(name).summary).replaceAll('`', '')}</td>
    <td>
      ${name === 'ERROR' ? html`<input placeholder="268448010" />` : ''}
      <button data-fault="${name}">${say(consoleTexts.order)}</button>
    </td>
  </tr>`

/** All that is known of one request or delivery. */
export const entryPage = (entry: Detail, reader: Reader): Html =>
  page(
    reader,
    fill(consoleTexts.entry, { id: entry.id }),
    html`<main>
      <h1>${entry.kind === 'request' ? `${entry.method} ${entry.target}` : entry.event_type}</h1>
      <p>
        ${reader.say(outcomeOf(entry))}
        ${entry.fault ? html`<span class="fault">${entry.fault}</span>` : ''}
      </p>
      ${entry.kind === 'request' ? requestParts(entry, reader) : deliveryParts(entry, reader)}
    </main>`,
  )

const outcomeOf = ({ at, status, milliseconds }: Detail): Sentence => {
  const time = milliseconds.toFixed(1)
  return status
    ? fill(consoleTexts.answeredWith, { at, status, time })
    : fill(consoleTexts.notAnswered, { at, time })
}

type RequestDetail = Extract<Detail, { kind: 'request' }>
type DeliveryDetail = Extract<Detail, { kind: 'delivery' }>

const requestParts = (entry: RequestDetail, reader: Reader): Html => {
  const { diagnosis, rule, reason, warning, checks, unread } = entry
  const { say } = reader
  // Of a refusal for them, they are the reason already.
  const isUnreadShown = unread.length > 0 && rule?.situation !== 'fieldUndeclared'

  return html`
    ${diagnosis ? diagnosisPart(diagnosis, reader) : ''}
    ${
      rule
        ? html`<h2>${say(fill(consoleTexts.refusedBy, { situation: rule.situation }))}</h2>
          <p lang="zh-CN">${rule.message}</p>`
        : ''
    }
    ${reason ? html`<p class="why">${reason}</p>` : ''}
    ${warning ? html`<p class="why">${warning}</p>` : ''}
    ${
      checks.length > 0
        ? html`<ol class="checks">
          ${checks.map(
            ({ check, held }) =>
              html`<li class="${held ? 'good' : 'bad'}">${say(checkTexts[check])}</li>`,
          )}
        </ol>`
        : ''
    }
    <h2>${say(consoleTexts.sent)}</h2>
    ${headerTable(entry.headers)}
    <pre>${entry.body.text ?? entry.body.base64}</pre>
    ${isUnreadShown ? html`<p>${say(fill(consoleTexts.unread, { members: list(unread) }))}</p>` : ''}
    <h2>${say(consoleTexts.answered)}</h2>
    ${headerTable(entry.answer.headers)}
    <pre>${entry.answer.body}</pre>
  `
}

const deliveryParts = (entry: DeliveryDetail, { say }: Reader): Html => html`
  ${entry.violation ? html`<p class="why">${entry.violation}</p>` : ''}
  <h2>${say(fill(consoleTexts.sentTo, { url: entry.url }))}</h2>
  ${headerTable(entry.headers)}
  <pre>${entry.body}</pre>
  <h2>${say(consoleTexts.answered)}</h2>
  <pre>${entry.answer ?? entry.error}</pre>
`

const diagnosisPart = (
  { mistakes, facts, difference }: Diagnosis,
  { language, say }: Reader,
): Html =>
  html`<section class="diagnosis">
    <h2>${say(consoleTexts.whyNot)}</h2>
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
