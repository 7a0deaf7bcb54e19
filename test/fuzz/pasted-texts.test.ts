import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { endpointIds } from '../../contracts/endpoints.ts'
import { RecordingError, readHar } from '../../contracts/replay/har.ts'
import { callOf } from '../../contracts/replay/recorded-call.ts'
import { goodRequest, operationOf } from '../../contracts/suite/requests.ts'
import { modeOf } from '../../contracts/suite/run.ts'
import { examineMessage } from '../../sandbox/explaining/examine-message.ts'
import { UnreadableError } from '../../sandbox/explaining/message.ts'
import { readMessage } from '../../sandbox/explaining/read-message.ts'
import { sandboxTarget } from '../contract/sandbox-target.ts'
import { openSandbox } from '../support/sandbox.ts'
import { type AnyRequest, anyRequest } from './any-request.ts'
import { damaged } from './damaged-text.ts'
import { reportOf } from './report.ts'

const { requests, seed } = inject('fuzz') ?? { requests: 400, seed: 1 }
const mostFindings = 20

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
const cmdQuoted = (text: string) =>
  `^"${text.replace(/[\\"]/g, '\\^$&').replace(/[%&|<>]/g, '^$&')}^"`
const url = ({ target }: AnyRequest) => `https://api.mch.weixin.qq.com${target}`
const lines = ({ headers }: AnyRequest) => headers.map(([name, value]) => `${name}: ${value}`)
const pairs = ({ headers }: AnyRequest) => headers.map(([name, value]) => ({ name, value }))

const curlWith = (quote: (text: string) => string) => (request: AnyRequest) =>
  [
    `curl -X ${request.method} ${quote(url(request))}`,
    ...lines(request).map((line) => `-H ${quote(line)}`),
    ...(request.body.length > 0 ? [`--data-raw ${quote(request.body.toString())}`] : []),
  ].join(' ')

const http = (request: AnyRequest) =>
  [
    `${request.method} ${request.target} HTTP/1.1`,
    ...lines(request),
    '',
    request.body.toString(),
  ].join('\r\n')

const har = (request: AnyRequest) => ({
  log: {
    version: '1.2',
    creator: { name: 'any', version: '1' },
    entries: [
      {
        request: {
          method: request.method,
          url: url(request),
          headers: pairs(request),
          postData: { mimeType: 'application/json', text: request.body.toString() },
        },
        response: { status: 200, headers: [], content: { text: '{}' } },
      },
    ],
  },
})

/** The ways in which a request is shown to somebody. */
const forms: Record<string, (request: AnyRequest) => string> = {
  curl: curlWith(quoted),
  'curl of cmd.exe': curlWith(cmdQuoted),
  'curl -v': (request) =>
    [
      ...http(request)
        .trimEnd()
        .split('\r\n')
        .map((line) => `> ${line}`),
      '< HTTP/1.1 401',
    ].join('\n'),
  HTTP: http,
  callback: (request) => http(request).replaceAll('Authorization', 'Wechatpay-Signature'),
  JSON: ({ method, target, headers, body }) =>
    JSON.stringify({ method, url: target, headers, body: body.toString() }),
  HAR: (request) => JSON.stringify(har(request)),
}

/** Every second as it is, since its request may be broken already. */
const damagedOrNot = (text: string) => fc.oneof(fc.constant(text), damaged(text))

const knowledge = { keys: [], subMchids: [], apiKeys: [], effort: 200 }

const read = (text: string) => {
  try {
    return readMessage(Buffer.from(text))
  } catch (error) {
    if (error instanceof UnreadableError) return undefined
    throw error
  }
}

test('whatever is pasted is read and examined, or refused in a sentence', {
  timeout: 60_000 + requests * 100,
}, async () => {
  const sandbox = await openSandbox()
  const { given } = sandboxTarget(sandbox)
  const report = reportOf('pasted texts', requests)
  const names = Object.keys(forms)

  for (let count = 0; count < requests && report.findings.length < mostFindings; count += 1) {
    const endpoint = endpointIds[count % endpointIds.length] ?? 'refund.create'
    const fixture = await given.fresh?.(modeOf({ endpoint }))
    if (!fixture) throw new Error('Every target begins fresh.')
    const good = goodRequest(operationOf(endpoint), fixture)
    const form = names[count % names.length] ?? ''
    const any = anyRequest(good, sandbox.credentials).chain((request) =>
      damagedOrNot(forms[form]?.(request) ?? ''),
    )
    const [text = ''] = fc.sample(any, { seed: seed + count, numRuns: 1 })
    try {
      const message = read(text)
      report.count(form, message ? 'read' : 'refused')
      if (message) examineMessage(message, knowledge)
    } catch (error) {
      report.find(form, seed + count, text.slice(0, 1000), inspect(error))
    }
  }

  report.end()
  expect(report.findings.join('\n\n')).toBe('')
})

test('whatever a file of recordings holds, it is read whole or refused in a sentence', {
  timeout: 60_000 + requests * 100,
}, () => {
  const report = reportOf('files of recordings', requests)
  const file = readFileSync(
    new URL('../../contracts/recordings/refunds.har', import.meta.url),
    'utf8',
  )

  for (let count = 0; count < requests && report.findings.length < mostFindings; count += 1) {
    const [text = ''] = fc.sample(damagedOrNot(file), { seed: seed + count, numRuns: 1 })
    try {
      for (const recording of readHar(text, 'any.har').log.entries) callOf(recording)
      report.count('HAR', 'read')
    } catch (error) {
      report.count('HAR', 'refused')
      if (!(error instanceof RecordingError)) report.find('HAR', seed + count, inspect(error))
    }
  }

  report.end()
  expect(report.findings.join('\n\n')).toBe('')
})
