import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { exampleOrder } from '../support/example.ts'
import { startSandbox } from '../support/sandbox.ts'
import { send } from '../wire/raw-request.ts'
import { seedRequest } from '../wire/seed-request.ts'
import { signed } from '../wire/signed-request.ts'

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const { privateKey, publicKey } = pair
const pem = (type: 'pkcs1' | 'pkcs8', more = {}) =>
  String(privateKey.export({ type, format: 'pem', ...more })).trim()
const der = (type: 'pkcs1' | 'pkcs8') =>
  privateKey.export({ type, format: 'der' }).toString('base64')
const linesOf = (text: string) => text.split('\n')

/** What the journal shows of the example call with this in one of its texts. */
const shownWith = async (attach: string) => {
  const { port, credentials, control } = await startSandbox()
  const body = JSON.stringify({ ...exampleOrder, attach })
  await send(port, { ...signed(credentials, seedRequest(body)), body })
  const [{ id } = { id: 0 }] = control.requests.list()

  return JSON.stringify(await control.requests.get(id))
}

test.each([
  ['PKCS#8', pem('pkcs8')],
  ['PKCS#1', pem('pkcs1')],
  ['under a password', pem('pkcs8', { cipher: 'aes-256-cbc', passphrase: 'x' })],
  ['with \\n for line ends', pem('pkcs8').replaceAll('\n', '\\n')],
  ['with \\\\n for line ends', pem('pkcs8').replaceAll('\n', '\\\\n')],
  ['with \\r\\n for line ends', pem('pkcs8').replaceAll('\n', '\\r\\n')],
  ['with blanks for line ends', pem('pkcs8').replaceAll('\n', ' ')],
  ['without line ends', pem('pkcs8').replaceAll('\n', '')],
  ['as a form sends it', new URLSearchParams({ key: pem('pkcs8') }).toString()],
  ['percent-encoded', encodeURIComponent(pem('pkcs8'))],
  ['cut off', pem('pkcs8').slice(0, 900)],
  ['in Base64', Buffer.from(pem('pkcs8')).toString('base64')],
  ['in Base64, PKCS#1', Buffer.from(pem('pkcs1')).toString('base64')],
  ['without armour', linesOf(pem('pkcs8')).slice(1, -1).join('\n')],
  ['without armour, with \\n', linesOf(pem('pkcs1')).slice(1, -1).join('\\n')],
  ['as DER in Base64', der('pkcs8')],
  ['as DER in Base64, PKCS#1', der('pkcs1')],
])('a private key %s is not shown, and what stands beside it is', async (_, text) => {
  const shown = await shownWith(`before: ${text}`)

  // Every part of it that is longer than what any other text shares with it.
  const secret = text.replace(/-----[A-Z ]+-----/g, '').slice(60)
  const pieces = secret.match(/[\w+/]{24,}/g) ?? []
  expect(pieces.length).toBeGreaterThan(0)
  for (const piece of pieces) expect(shown).not.toContain(piece)
  expect(shown).toMatch(/before: (?:key=)?\*\*\*/)
  expect(shown).toContain(exampleOrder.plan_detail_no.toString())
})

test.each([
  ['a public key', String(publicKey.export({ type: 'spki', format: 'pem' }))],
  ['a public key in Base64', publicKey.export({ type: 'spki', format: 'der' }).toString('base64')],
])('%s is no secret', async (_, text) => {
  expect(await shownWith(text)).toContain(linesOf(text).at(1)?.slice(0, 60) ?? text)
})

test('an APIv3 key is not shown in Base64 either', async () => {
  const { port, credentials, control } = await startSandbox()
  const encoded = Buffer.from(credentials.apiv3Key).toString('base64')
  const body = JSON.stringify({ ...exampleOrder, attach: encoded })
  await send(port, signed(credentials, seedRequest(body)))

  expect(JSON.stringify(await control.requests.get(1))).not.toContain(encoded.slice(0, 40))
})

test.each([
  ['13800138000', '138****8000'],
  ['+8613800138000', '+86138****8000'],
  ['+86 138 0013 8000', '+86 138 **** 8000'],
  ['138-0013-8000', '138-****-8000'],
  ['电话13800138000，张三', '电话138****8000，张三'],
  ['\n13800138000\n', '138****8000'],
  ['tel=13800138000&x=1', 'tel=138****8000'],
])('the phone number in %j is shown as %s', async (text, masked) => {
  const shown = await shownWith(text)

  expect(shown).toContain(masked)
  expect(shown.replace(/[- ]/g, '')).not.toContain('13800138000')
})

test.each([
  '138001380001',
  '2026113800138000',
  'A13800138000',
  '13800138000B',
  '13800138000-1',
  '12800138000',
  '1380013.8000',
])('%s is no phone number', async (text) => {
  expect(await shownWith(text)).toContain(text)
})

test('an order number is shown although it looks like a phone number', async () => {
  const { port, credentials, control } = await startSandbox()
  const number = '13912345678'
  const body = JSON.stringify({ ...exampleOrder, out_order_no: number, attach: '13800138000' })
  await send(port, signed(credentials, seedRequest(body)))
  const target = `/v3/payscore/partner/serviceorder/${number}/cancel?phone=13800138000&out_order_no=${number}`
  await send(port, signed(credentials, { method: 'POST', target, body: '{}' }))

  for (const { id } of control.requests.list()) {
    const shown = JSON.stringify(await control.requests.get(id))
    expect(shown).toContain(number)
    expect(shown).not.toContain('13800138000')
  }
})

test('a world leaves without them, and goes on with them', async () => {
  const { url, credentials, control, wxpay } = await startSandbox()
  const attach = `${credentials.apiv3Key} 13800138000 ${pem('pkcs8').slice(0, 100)}`
  const json = { ...exampleOrder, attach }
  await wxpay.chain('v3/payscore/sign-plan/partner/serviceorder').post({ json })

  const exported = await (await fetch(`${url}/_sandbox/world`)).text()
  for (const secret of [credentials.apiv3Key, '13800138000', 'PRIVATE KEY']) {
    expect(exported).not.toContain(secret)
  }
  expect(JSON.parse(exported).records.serviceOrders).toHaveLength(2)
  const kept = await control.serviceOrders.get(exampleOrder.out_trade_no)
  expect(kept.order.attach).toBe(attach)
})

test('texts that are made to keep the search busy do not', async () => {
  for (const text of [
    '-----BEGIN '.repeat(20_000),
    `-----BEGIN PRIVATE KEY-----${'END A A '.repeat(50_000)}`,
    'MIIEvQIBADAN'.repeat(20_000),
    `MIIEvQIBADAN${'+'.repeat(200_000)}`,
    '138'.repeat(100_000),
    '-- '.repeat(100_000),
  ]) {
    expect(await shownWith(text)).not.toContain('PRIVATE')
  }
})
