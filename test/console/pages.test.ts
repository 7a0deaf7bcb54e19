import { expect, test } from 'vitest'
import { faultNames } from '../../sandbox/faults/faults.ts'
import { merchantOf } from '../callbacks/merchant.ts'
import { startReceiver } from '../callbacks/receiver.ts'
import { startSandbox } from '../support/sandbox.ts'
import { send } from '../wire/raw-request.ts'
import { signed } from '../wire/signed-request.ts'

const pageAt = async (url: string, path = '') => {
  const answer = await fetch(`${url}/_sandbox${path}`)
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

test('the journal is a page, empty at first', async () => {
  const { url } = await startSandbox()
  const { status, headers, text } = await pageAt(url, '/')

  expect(status).toBe(200)
  expect(headers.get('Content-Type')).toBe('text/html; charset=UTF-8')
  expect(headers.get('Content-Security-Policy')).toMatch(/^default-src 'self';/)
  expect(text).toContain('Nothing came yet.')
})

test('a request that was refused is listed with the reason, and leads to all of it', async () => {
  const { url, port, credentials } = await startSandbox()
  const request = signed(credentials, { target: '/v3/certificates' })
  await send(port, { ...request, target: '/v3/certificates?algorithm_type=RSA' })

  const list = await pageAt(url)
  expect(list.text).toContain(
    '<a href="/_sandbox/console/1">GET /v3/certificates?algorithm_type=RSA',
  )
  expect(list.text).toContain('The query was not signed: ')

  const { text } = await pageAt(url, '/console/1')
  expect(text).toContain('Refused by signatureMismatch')
  expect(text).toContain('The texts differ from byte')
  expect(text).toContain('<li class="bad">signature</li>')
})

test('what callers send is shown, never run', async () => {
  const { url, port } = await startSandbox()
  const script = '<script>alert(1)</script>'
  await send(port, { method: 'POST', target: `/v3/${script}`, headers: { 'X-Odd': script } })

  for (const path of ['', '/console/1']) {
    const { text } = await pageAt(url, path)
    expect(text).not.toContain(script)
    expect(text).toContain('&lt;script&gt;')
  }
})

test('a delivery has a page too', async () => {
  const receiver = await startReceiver(() => 500)
  const sandbox = await startSandbox()
  await merchantOf(sandbox, receiver.url).refund()
  await sandbox.control.idle()

  const [{ id } = { id: 0 }] = sandbox.control.requests.list({ kind: 'delivery' })
  const { text } = await pageAt(sandbox.url, `/console/${id}`)
  expect(text).toContain('REFUND.SUCCESS')
  expect(text).toContain(receiver.url)
})

test('an entry that is not kept is not found', async () => {
  const { url } = await startSandbox()

  expect(await pageAt(url, '/console/7')).toMatchObject({ status: 404 })
})

test('the pages are for this machine only', async () => {
  const { port } = await startSandbox()
  const headers = { Host: 'evil.test' }

  expect(await send(port, { target: '/_sandbox', headers })).toMatchObject({ status: 403 })
  expect(await send(port, { target: '/_sandbox/console/1', headers })).toMatchObject({
    status: 403,
  })
})

test('every fault has a button, and what waits can be taken back', async () => {
  const { url, control } = await startSandbox()
  expect((await pageAt(url, '/console/faults')).text).not.toContain('data-cancel')
  await control.faults.order({ fault: 'CLOSED', count: 2, operation: 'refund.create' })

  const { text } = await pageAt(url, '/console/faults')
  for (const name of faultNames) expect(text).toContain(`data-fault="${name}"`)
  expect(text).toContain('refund.create of 1230000109, 2 more')
  expect(text).toContain('data-cancel="1"')
})

test('the pages load nothing from elsewhere', async () => {
  const { url } = await startSandbox()

  for (const path of ['', '/console/faults', '/console.js', '/console.css']) {
    const { status, text } = await pageAt(url, path)
    expect(status).toBe(200)
    expect(text).not.toMatch(/https?:|\/\/[a-z]/)
  }
})
