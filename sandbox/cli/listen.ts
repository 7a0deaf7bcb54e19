import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import {
  isWechatpayError,
  type Notification,
  type OtherNotification,
  Wechatpay,
} from '../../client/index.ts'
import type { Diagnosis } from '../../contracts/diagnosis/diagnose.ts'
import { type CommandLine, type Io, interruption } from './command-line.ts'
import { amount, fail } from './input.ts'

type Flags = { port: number; host: string; dir: string; json?: true }

type Received = Notification | OtherNotification

/** What the terminal is told. */
type Report =
  | { event: 'ready'; url: string }
  | { event: 'accepted'; notification: Received }
  | { event: 'refused'; code?: string; reason: string; diagnosis?: Diagnosis }

const maxBytes = 1024 * 1024

/** A sample of the merchant's side: takes callbacks on any path, verifies, opens and prints them. */
const listen = async ({ port, host, dir, json }: Flags, io: Io): Promise<void> => {
  const { notifications, explain } = Wechatpay.fromCredentials(dir)
  const tell = (report: Report) =>
    io.stdout.write(json ? `${JSON.stringify(report)}\n` : sentences(report))

  const server = createServer(async (request, response) => {
    response.setHeader('Content-Type', 'application/json; charset=utf-8')
    try {
      const body = await readBody(request)
      const notification = await notifications.parse(request.headers, body)
      tell({ event: 'accepted', notification })
      response.end(JSON.stringify({ code: 'SUCCESS', message: '成功' }))
    } catch (error) {
      const refusal = refusalOf(error)
      const diagnosis = await explain(error)
      tell({ event: 'refused', ...refusal, ...(diagnosis && { diagnosis }) })
      response.writeHead(500, { Connection: 'close' })
      response.end(JSON.stringify({ code: 'FAIL', message: refusal.reason }))
    }
  })
  server.listen(port, host)
  await once(server, 'listening')

  const interrupted = interruption(io)
  const address = server.address()
  const taken = typeof address === 'object' && address ? address.port : port
  tell({ event: 'ready', url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}` })

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
    if (size > maxBytes) throw new Error(`The body is longer than ${maxBytes} bytes.`)
    chunks.push(chunk)
  }

  return Buffer.concat(chunks)
}

const refusalOf = (error: unknown) => ({
  ...(isWechatpayError(error) && { code: error.code }),
  reason: error instanceof Error ? error.message : String(error),
})

const sentences = (report: Report): string => {
  switch (report.event) {
    case 'ready':
      return `listening on ${report.url}, whatever the path\n`
    case 'accepted':
      return `accepted ${typeOf(report.notification)} ${report.notification.id}\n  ${factsOf(report.notification)}\n`
    case 'refused': {
      const reasons = report.diagnosis?.mistakes.map(({ sentence }) => sentence) ?? []
      return `refused  ${report.code ?? ''}\n${[report.reason, ...reasons].map((line) => `  ${line}\n`).join('')}`
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

export const addListen = ({ program, io, say }: CommandLine): void => {
  program
    .command('listen')
    .description('receive callbacks as a merchant would: verify, open and print them')
    .option('--port <number>', 'port to listen on, 0 for any free one', amount(65_535), 8130)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--dir <folder>', "the sandbox's credentials folder", '.wechatpay-sandbox')
    .option('--json', 'print one line of JSON for each callback')
    .action((flags: Flags) => listen(flags, io).catch(fail({ io, say })))
}
