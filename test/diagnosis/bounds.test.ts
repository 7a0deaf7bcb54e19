import { expect, test } from 'vitest'
import { codesOf, diagnosed, linesOf, order, type Sent, signedAs } from './signer.ts'

const elapsed = (act: () => void) => {
  const start = performance.now()
  act()
  return performance.now() - start
}

const large = (body: string | Uint8Array): Sent => ({ ...order, body })
const megabytes = 2 * 1024 * 1024

test.each<[string, Sent]>([
  ['2 MiB of text', large('a'.repeat(megabytes))],
  ['2 MiB of JSON', large(JSON.stringify({ list: Array(megabytes / 8).fill('租借') }))],
  ['2 MiB of bytes', large(Buffer.alloc(megabytes, 0xff))],
  ['100,000 levels of JSON', large('['.repeat(100_000) + ']'.repeat(100_000))],
  ['200 KiB of JSON', large(JSON.stringify({ list: Array(20_000).fill({ b: '/<&' }) }))],
  ['20,000 members of JSON', large(JSON.stringify(Object.fromEntries(Array(20_000).entries())))],
  ['a query of 2,000 parameters', { ...order, target: `/v3/a?${'b=c%20&'.repeat(2000)}` }],
  ['a path of 8,000 slashes', { ...order, target: `/v3${'/%2e'.repeat(8000)}` }],
  ['a body of quotes and backslashes', large('"\\'.repeat(100_000))],
])('gives up on %s in bounded time', (_, sent) => {
  const time = elapsed(() => {
    expect(signedAs(sent, 'something else').verdict).toBe('unexplained')
  })

  // Some hundred milliseconds; the rest is for slow machines.
  expect(time).toBeLessThan(6000)
})

test('an upload in as many parts as fit is read in bounded time', () => {
  const parts = '\r\n--B\r\n; filename=\r\n\r\n'.repeat(75_000)
  const headers = { 'content-type': 'multipart/form-data; boundary=B' }
  const sent = { ...large(`${parts}\r\n--B--`), headers }
  const time = elapsed(() => {
    expect(signedAs(sent, 'something else').verdict).toBe('unexplained')
  })

  // Some hundred milliseconds, where it was half a minute.
  expect(time).toBeLessThan(6000)
})

test('names usual mistakes beside a large body', () => {
  const sent = large('a'.repeat(megabytes))

  expect(codesOf(signedAs(sent, linesOf({ ...sent, method: 'post' })))).toEqual(['methodCase'])
})

test('tries fewer texts with a smaller budget', () => {
  const tried = (effort: number) =>
    Number(/none of the (\d+) texts/.exec(signedAs(order, 'x', { effort }).facts.join())?.[1])

  expect(tried(100)).toBeLessThanOrEqual(100)
  expect(tried(100)).toBeGreaterThan(50)
  expect(tried(150_000)).toBeGreaterThan(2000)
})

test('finds nothing without a budget, and does not call it sound', () => {
  expect(signedAs(order, linesOf(order), { effort: 0 }).verdict).toBe('unexplained')
})

test('signatures and headers of any length are read in bounded time', () => {
  const header = `WECHATPAY2-SHA256-RSA2048 ${'mchid="1",'.repeat(5000)}signature="${'%2B '.repeat(50_000)}"`
  const time = elapsed(() => {
    expect(codesOf(diagnosed(order, header))).toEqual(['authorizationUnreadable'])
  })

  expect(time).toBeLessThan(3000)
})

test.each(['_', 'a=', 'a="', '"a":', ' ', 'a '])(
  'headers full of "%s" are read at once',
  (letters) => {
    const header = `WECHATPAY2-SHA256-RSA2048 ${letters.repeat(8000 / letters.length)}`

    expect(elapsed(() => diagnosed(order, header))).toBeLessThan(200)
    expect(elapsed(() => diagnosed(order, header.repeat(2)))).toBeLessThan(200)
  },
)

test.each<[string, (sent: Sent) => string]>([
  ['bodyNotSigned', (sent) => linesOf({ ...sent, body: '' })],
  ['bodyPlaceholder', (sent) => linesOf({ ...sent, body: '{}' })],
  ['bodyPlaceholder', (sent) => linesOf({ ...sent, body: 'null' })],
  ['lastLineFeedMissing', (sent) => linesOf(sent).slice(0, -1)],
  ['urlWithHost', (sent) => linesOf({ ...sent, target: `https://127.0.0.1:8129${sent.target}` })],
  ['queryMissing', (sent) => linesOf({ ...sent, target: order.target })],
])('finds %s beside a body of 1 MB with a small budget', (code, message) => {
  const sent = { ...large('a'.repeat(1_000_000)), target: `${order.target}?a=b` }

  expect(codesOf(signedAs(sent, message(sent), { effort: 20_000 }))).toEqual([code])
})

test('says whether all known mistakes were tried', () => {
  const facts = (sent: Sent, effort: number) => signedAs(sent, 'x', { effort }).facts.join()
  const short: Sent = { method: 'GET', target: '/v3/certificates', body: '' }

  expect(facts(order, 100)).toContain('more than can be tried for a request of this size')
  expect(facts(short, 1_000_000)).toContain('texts that known mistakes produce;')
})
