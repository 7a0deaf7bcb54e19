import { execFileSync, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { connect as tlsConnect } from 'node:tls'
import { expect, inject, onTestFinished, test } from 'vitest'
import { javaTrustStore, trustStorePassword } from '../../sandbox/rerouting/java-trust-store.ts'
import { reroute } from '../../sandbox/rerouting/reroute.ts'
import { startSandbox } from '../support/sandbox.ts'
import { authorizationFor } from '../support/signer.ts'

type Options = Partial<Parameters<typeof reroute>[0]>

const openRerouting = async (options: Options = {}) => {
  const sandbox = await startSandbox()
  const credentials = inject('credentials')
  const rerouting = await reroute({ credentials, url: sandbox.url, given: {}, ...options })
  onTestFinished(rerouting.close)
  const proxy = new URL(rerouting.environment['HTTPS_PROXY'] ?? '')
  const place = { host: proxy.hostname, port: Number(proxy.port) }

  return { sandbox, place, environment: rerouting.environment }
}

/** Asks the proxy for a host, and gives the status and what is behind it. */
const connectTo = async (place: { host: string; port: number }, path: string) => {
  const asked = request({ ...place, method: 'CONNECT', path })
  asked.end()
  const [{ statusCode }, socket, head] = (await once(asked, 'connect')) as [
    IncomingMessage,
    Socket,
    Buffer,
  ]
  socket.unshift(head)
  onTestFinished(() => void socket.destroy())
  return { statusCode, socket }
}

/** What a program of the system prints. */
const printedBy = (program: string, ...words: string[]): string =>
  execFileSync(program, words, { encoding: 'utf8' })

/** A server of somebody else. */
const openOther = async (answer: string) => {
  const server = createServer((_, response) => response.end(answer))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

test('another host is reached untouched', async () => {
  const { place } = await openRerouting()
  const port = await openOther('somebody else')

  const { statusCode, socket } = await connectTo(place, `127.0.0.1:${port}`)
  socket.write('GET / HTTP/1.1\r\nHost: other\r\nConnection: close\r\n\r\n')

  expect(statusCode).toBe(200)
  expect(await text(socket)).toContain('somebody else')
})

test('offline, no other host is reached, and it is told which', async () => {
  const refused: string[] = []
  const { place } = await openRerouting({ offline: true, onRefused: (host) => refused.push(host) })

  for (const host of ['example.com:443', '10.0.0.1:443', '[::1]:443', 'api.mch.weixin.qq.com:80']) {
    expect((await connectTo(place, host)).statusCode).toBe(403)
  }
  expect(refused).toEqual(['example.com', '10.0.0.1', '::1', 'api.mch.weixin.qq.com'])
})

test('a host that cannot be reached, and one that is none, are told apart', async () => {
  const { place } = await openRerouting()
  const gone = createServer().listen(0, '127.0.0.1')
  await once(gone, 'listening')
  const address = gone.address()
  gone.close()
  const port = typeof address === 'object' && address ? address.port : 0

  expect((await connectTo(place, `127.0.0.1:${port}`)).statusCode).toBe(502)
  expect((await connectTo(place, 'no-port')).statusCode).toBe(400)
})

test('the proxy that was there before leads on to other hosts', async () => {
  const asked: unknown[] = []
  const before = createServer()
  before.on('connect', ({ url, headers }: IncomingMessage, socket: Socket) => {
    asked.push([url, headers['proxy-authorization']])
    socket.end('HTTP/1.1 200 Connection Established\r\n\r\nhello from afar')
  })
  before.listen(0, '127.0.0.1')
  await once(before, 'listening')
  onTestFinished(() => void before.close())
  const address = before.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const { place } = await openRerouting({
    given: { https_proxy: `http://me:secret@127.0.0.1:${port}` },
  })

  const { socket } = await connectTo(place, 'example.com:443')

  expect(await text(socket)).toBe('hello from afar')
  expect(asked).toEqual([['example.com:443', `Basic ${btoa('me:secret')}`]])
})

test('a caller that leaves TLS to the proxy is answered with the bytes that it signed', async () => {
  const { place, sandbox } = await openRerouting()
  const target = '/v3/certificates?algorithm_type=RSA'
  const asked = request({
    ...place,
    path: `https://api.mch.weixin.qq.com${target}`,
    headers: {
      Host: 'api.mch.weixin.qq.com',
      Accept: 'application/json',
      'User-Agent': 'test',
      Authorization: authorizationFor(sandbox.credentials, { target }),
    },
  })
  asked.end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]

  expect(answer.statusCode).toBe(200)
  expect(answer.rawHeaders).toContain('Wechatpay-Signature')
  answer.resume()
})

test('the certificate is good for the four hosts and for no authority but its own', async () => {
  const { place, environment } = await openRerouting()
  const { socket } = await connectTo(place, 'api2.wechatpay.cn:443')

  const distrusting = tlsConnect({ socket, servername: 'api2.wechatpay.cn' })
  const [error] = await once(distrusting, 'error')
  expect(error).toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' })

  const folder = join(inject('credentials'), 'tls')
  const verified = printedBy(
    ...(['openssl', 'verify', '-x509_strict', '-CAfile', join(folder, 'authority.pem')] as const),
    ...['-verify_hostname', 'api.wechatpay.cn', join(folder, 'certificate.pem')],
  )
  expect(verified).toContain(': OK')
  expect(environment['SSL_CERT_FILE']).toBe(join(folder, 'bundle.pem'))
})

test('who does not trust the certificate is told of', async () => {
  let told = () => {}
  const distrusted = new Promise<void>((resolve) => {
    told = resolve
  })
  const { environment } = await openRerouting({ onDistrusted: () => told() })
  const port = Number(environment['WECHATPAY_SANDBOX_TLS_PORT'])

  const caller = tlsConnect({ host: '127.0.0.1', port, servername: 'api.mch.weixin.qq.com' })
  caller.on('error', () => {})

  await distrusted
})

test("what was trusted before is trusted still, a company's own authority too", async () => {
  const folder = inject('credentials')
  const own = join(folder, 'apiclient_cert.pem')
  const { environment } = await openRerouting({
    given: {
      NODE_EXTRA_CA_CERTS: own,
      NODE_OPTIONS: '--no-warnings',
      PHP_INI_SCAN_DIR: '/etc/own',
    },
  })
  const bundle = readFileSync(environment['NODE_EXTRA_CA_CERTS'] ?? '', 'utf8')

  expect(bundle).toContain(readFileSync(own, 'utf8').trim())
  expect(bundle.match(/BEGIN CERTIFICATE/g)?.length).toBeGreaterThan(50)
  expect(environment['NODE_OPTIONS']).toMatch(/^--no-warnings --require /)
  expect(environment['PHP_INI_SCAN_DIR']).toMatch(/^\/etc\/own:/)
})

const hasKeytool = spawnSync('sh', ['-c', 'command -v keytool']).status === 0

test.skipIf(!hasKeytool)("Java's own tool reads the trust store", async () => {
  await openRerouting()
  const folder = join(inject('credentials'), 'tls')
  const authority = readFileSync(join(folder, 'authority.pem'), 'utf8')
  const file = join(folder, 'one.jks')
  await writeFile(file, javaTrustStore([authority]))

  const listed = printedBy(
    'keytool',
    ...['-list', '-rfc', '-keystore', file, '-storepass', trustStorePassword],
  )
  expect(listed.replaceAll(/\s/g, '')).toContain(authority.replaceAll(/\s/g, ''))
})

test('a caller that goes away leaves the proxy running', async () => {
  const { place } = await openRerouting()
  const caller = connect(place)
  caller.write('CONNECT api.mch.weixin.qq.com:443 HTTP/1.1\r\nHost: x\r\n\r\n')
  await once(caller, 'data')
  caller.resetAndDestroy()

  expect((await connectTo(place, 'api.mch.weixin.qq.com:443')).statusCode).toBe(200)
})
