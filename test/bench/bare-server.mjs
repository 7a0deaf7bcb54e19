/**
 * What a signed answer costs at least: node:http that reads a body, verifies one signature, signs
 * one answer in the thread pool and sends it, with the headers of WeChat Pay and nothing else.
 * Run as `bare-server.mjs <credentials folder>`; it writes its port.
 */
import { createPrivateKey, randomBytes, sign, verify, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'

const [dir] = process.argv.slice(2)
const read = (name) => readFileSync(join(dir, name))
const { publicKey } = new X509Certificate(read('apiclient_cert.pem'))
const { platformSerial } = JSON.parse(read('credentials.json'))
const platformKey = createPrivateKey(read('private/wechatpay_key.pem'))

const member = (authorization, name) => new RegExp(`${name}="([^"]+)"`).exec(authorization)?.[1]

const fits = ({ method, url, headers: { authorization } }, body) => {
  const [timestamp, nonce] = ['timestamp', 'nonce_str'].map((name) => member(authorization, name))
  const message = Buffer.from(`${method}\n${url}\n${timestamp}\n${nonce}\n${body}\n`)
  const signature = Buffer.from(member(authorization, 'signature'), 'base64')

  return verify('RSA-SHA256', message, publicKey, signature)
}

const server = createServer((request, response) => {
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    const body = Buffer.concat(chunks)
    if (!fits(request, body)) return response.writeHead(401).end()

    const timestamp = Math.floor(Date.now() / 1000)
    const nonce = randomBytes(16).toString('hex')
    const message = Buffer.from(`${timestamp}\n${nonce}\n${body}\n`)
    sign('RSA-SHA256', message, platformKey, (_, signature) => {
      response.writeHead(200, {
        Server: 'nginx',
        'Content-Type': 'application/json; charset=utf-8',
        'Content-Length': body.length,
        'Cache-Control': 'no-cache, must-revalidate',
        'X-Content-Type-Options': 'nosniff',
        'Request-ID': '08F48FC6CA0610A20518A1D4F58E0120EBB20528E4D402-0',
        'Content-Language': 'zh-CN',
        'Wechatpay-Nonce': nonce,
        'Wechatpay-Signature': signature.toString('base64'),
        'Wechatpay-Timestamp': timestamp,
        'Wechatpay-Serial': platformSerial,
        'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
      })
      response.end(body)
    })
  })
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`))
