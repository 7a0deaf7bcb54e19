import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { isWechatpayError } from '../../client/errors.ts'
import type { Notification, OtherNotification } from '../../client/index.ts'
import type { Diagnosis } from '../../contracts/diagnosis/diagnose.ts'
import { placeOf } from '../../contracts/loopback.ts'
import { fill, list, type Sentence, SentenceError } from '../../contracts/texts.ts'
import { type CommandLine, interruption } from './command-line.ts'
import { amount, fail, sentenceOf } from './input.ts'
import { listenTexts, refusalTexts } from './texts.ts'

type Flags = { port: number; host: string; dir: string; json?: true }

type Received = Notification | OtherNotification

/** What the terminal is told. */
type Report =
  | { event: 'ready'; url: string }
  | { event: 'accepted'; notification: Received }
  | { event: 'refused'; code?: string; reason: Sentence; diagnosis?: Diagnosis }

const maxBytes = 1024 * 1024

/** A sample of the merchant's side: takes callbacks on any path, verifies, opens and prints them. */
const listen = async (
  { port, host, dir, json }: Flags,
  { io, language, say }: CommandLine,
): Promise<void> => {
  const { Wechatpay } = await import('../../client/index.ts')
  const { notifications, explain } = Wechatpay.fromCredentials(dir)
  const tell = (report: Report) => {
    const lines = json ? [JSON.stringify(said(report, say))] : linesOf(report).map(say)
    io.stdout.write(lines.map((line) => `${line}\n`).join(''))
  }

  const server = createServer(async (request, response) => {
    response.setHeader('Content-Type', 'application/json; charset=utf-8')
    try {
      const body = await readBody(request)
      const notification = await notifications.parse(request.headers, body)
      tell({ event: 'accepted', notification })
      response.end(JSON.stringify({ code: 'SUCCESS', message: '成功' }))
    } catch (error) {
      const refusal = refusalOf(error)
      const diagnosis = await explain(error, { language })
      tell({ event: 'refused', ...refusal, ...(diagnosis && { diagnosis }) })
      response.writeHead(500, { Connection: 'close' })
      response.end(JSON.stringify({ code: 'FAIL', message: say(refusal.reason) }))
    }
  })
  server.listen(port, host)
  await once(server, 'listening')

  const interrupted = interruption(io)
  tell({ event: 'ready', url: placeOf(server.address(), host).url })

  await interrupted
  server.close()
  server.closeAllConnections()
}

/** The rest of a body that is too long stays unread, so that the answer can still be sent. */
const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let size = 0

  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length
    if (size > maxBytes) throw new SentenceError(fill(listenTexts.tooLong, { most: maxBytes }))
    chunks.push(chunk)
  }

  return Buffer.concat(chunks)
}

const refusalOf = (error: unknown): { code?: string; reason: Sentence } => {
  if (!isWechatpayError(error)) return { reason: sentenceOf(error) }
  const known = Object.entries(refusalTexts).find(([code]) => code === error.code)
  return { code: error.code, reason: known?.[1] ?? error.message }
}

const said = (report: Report, say: CommandLine['say']) =>
  report.event === 'refused' ? { ...report, reason: say(report.reason) } : report

const linesOf = (report: Report): Sentence[] => {
  switch (report.event) {
    case 'ready':
      return [fill(listenTexts.ready, { url: report.url })]
    case 'accepted': {
      const { notification } = report
      const event = typeOf(notification)
      return [
        fill(listenTexts.accepted, { event, id: notification.id }),
        `  ${factsOf(notification)}`,
      ]
    }
    case 'refused': {
      const mistakes = report.diagnosis?.mistakes.map(({ sentence }) => sentence) ?? []
      return [
        fill(listenTexts.refused, { code: report.code ?? '' }),
        ...[report.reason, ...mistakes].map((reason) => list(['  ', reason], { en: '', zh: '' })),
      ]
    }
  }
}

const typeOf = (notification: Received) =>
  notification.event_type === 'OTHER' ? notification.original_event_type : notification.event_type

/** Numbers, states and amounts: what one looks for first. */
const factNames = [
  'merchant_sign_plan_no',
  'sign_state',
  'cancel_sign_type',
  'out_order_no',
  'state',
  'total_amount',
  'authorization_code',
  'user_service_status',
  'out_refund_no',
  'refund_status',
]

const factsOf = ({ summary, resource }: Received): string => {
  const facts = Object.entries(Object(resource))
    .filter(([name]) => factNames.includes(name))
    .map(([name, value]) => `${name} ${String(value)}`)

  return [summary, ...facts].join(', ')
}

export const addListen = (commandLine: CommandLine): void => {
  const { program, say } = commandLine
  const { description, port, host, dir, json } = listenTexts

  program
    .command('listen')
    .description(say(description))
    .option('--port <number>', say(port), amount(65_535), 8130)
    .option('--host <address>', say(host), '127.0.0.1')
    .option('--dir <folder>', say(dir), '.wechatpay-sandbox')
    .option('--json', say(json))
    .action((flags: Flags) => listen(flags, commandLine).catch(fail(commandLine)))
}
