import { expect, test } from 'vitest'
import { faultNames } from '../../sandbox/faults/faults.ts'
import { merchantOf } from '../callbacks/merchant.ts'
import { startReceiver } from '../callbacks/receiver.ts'
import { startSandbox } from '../support/sandbox.ts'
import { send } from '../wire/raw-request.ts'
import { signed } from '../wire/signed-request.ts'

const pageAt = async (url: string, path = '', headers: Record<string, string> = {}) => {
  const answer = await fetch(`${url}/_sandbox${path}`, { headers })
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

test('every page speaks the language that is chosen on it, and keeps to it', async () => {
  const { url, port, control } = await startSandbox()
  await send(port, { target: '/v3/none' })
  await control.faults.order({ fault: 'CLOSED' })

  for (const path of ['', '/console/1', '/console/faults']) {
    const chinese = await pageAt(url, `${path}?lang=zh`)
    expect(chinese.text).toContain('<html lang="zh-CN">')
    expect(chinese.text).toContain('<a href="?lang=en" lang="en">English</a>')
    const [cookie = ''] = chinese.headers.getSetCookie()
    const later = await pageAt(url, path, { Cookie: cookie.split(';', 1)[0] ?? '' })
    expect(later.text).toContain('<html lang="zh-CN">')

    const english = await pageAt(url, path)
    expect(english.text).toContain('<html lang="en">')
    expect(english.text).toContain('<a href="?lang=zh" lang="zh">中文</a>')
  }
})

test('the pages are Chinese to a browser that prefers Chinese, what is shown of the wire aside', async () => {
  const sandbox = await startSandbox()
  const { url, port, credentials } = sandbox
  const target = '/v3/certificates'
  const request = signed(credentials, { target })
  await send(port, { ...request, target: `${target}?algorithm_type=RSA` })
  await send(port, { target: '/v3/none' })
  const chinese = { 'Accept-Language': 'zh-CN,zh;q=0.9' }

  const list = await pageAt(url, '', chinese)
  expect(list.text).toContain('<h1>请求记录</h1>')
  expect(list.text).toContain('没有 /v3/none 这个路径，最接近的是 /v3/certificates。')
  const { text } = await pageAt(url, '/console/1', chinese)
  expect(text).toContain('<h2>验签不通过的原因</h2>')
  expect(text).toContain('拒绝原因：signatureMismatch')
  expect(text).toContain('<li class="bad">签名值</li>')
  const faults = await pageAt(url, '/console/faults', chinese)
  expect(faults.text).toContain('不应答就关闭连接；什么都没有改变')
  for (const page of [list.text, text, faults.text]) {
    expect(page).not.toMatch(/>[^<]*\b(?:the|is|of|was)\b[^<]*</)
  }
})

test('what is said of a callback is Chinese too', async () => {
  const receiver = await startReceiver(
    () => 'HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{"code":"FAIL"}',
  )
  const sandbox = await startSandbox()
  await merchantOf(sandbox, receiver.url).refund()
  await sandbox.control.idle()

  const [{ id } = { id: 0 }] = sandbox.control.requests.list({ kind: 'delivery' })
  const { text } = await pageAt(sandbox.url, `/console/${id}?lang=zh`)
  expect(text).toContain('状态码 200 的 FAIL 视为已接受')
})

test('members that are not in the document are told beside what was sent, not as the reason', async () => {
  const { url, port, credentials } = await startSandbox()
  const body = JSON.stringify({ colour: 'red' })
  const request = { method: 'POST', target: '/v3/payscore/partner/serviceorder', body }
  await send(port, signed(credentials, request))
  await send(port, signed(credentials, request, { nonce_str: 'other' }))

  const wrong = (await pageAt(url, '/console/2')).text
  expect(wrong.indexOf('does not have it: /body/colour.')).toBeGreaterThan(
    wrong.indexOf('<h2>Sent'),
  )
})
