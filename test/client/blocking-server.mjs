// A server in a thread of its own, in plain JavaScript: a blocking call stops the test's thread.
// It answers each request with what it saw, or as the path asks.
import { createCipheriv, createSign, createVerify } from 'node:crypto'
import { createServer } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'

const { merchantKey, platformKey, publicKeyId, certificate, apiv3Key } = workerData

const cipher = createCipheriv('aes-256-gcm', apiv3Key, '61f9c719728a')
cipher.setAAD(Buffer.from('certificate'))
const sealed = [cipher.update(certificate.pem), cipher.final(), cipher.getAuthTag()]
const encrypt_certificate = {
  algorithm: 'AEAD_AES_256_GCM',
  nonce: '61f9c719728a',
  associated_data: 'certificate',
  ciphertext: Buffer.concat(sealed).toString('base64'),
}
let downloads = 0

const server = createServer(async (request, response) => {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks).toString()
  if (body.includes('silence')) return

  const member = (name) => request.headers.authorization?.match(`${name}="([^"]*)"`)?.[1]
  const message = `${request.method}\n${request.url}\n${member('timestamp')}\n${member('nonce_str')}\n${body}\n`
  const signed = createVerify('RSA-SHA256')
    .update(message)
    .verify(merchantKey, member('signature') ?? '', 'base64')

  const refused = body.includes('refuse')
  const download = request.url === '/v3/certificates'
  if (download) downloads += 1
  const content = download ? { data: [{ encrypt_certificate }] } : { signed, body, downloads }
  const answer = JSON.stringify(refused ? { code: 'NO_AUTH', message: '无权限' } : content)
  const byCertificate = download || request.headers['wechatpay-serial'] === certificate.serial
  const timestamp = String(Math.floor(Date.now() / 1000))
  const forged = body.includes('forge') ? 'x' : ''
  response.writeHead(refused ? 403 : 200, {
    'Request-ID': '08A1-0',
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': 'nonce',
    'Wechatpay-Serial': byCertificate ? certificate.serial : publicKeyId,
    'Wechatpay-Signature': createSign('RSA-SHA256')
      .update(`${timestamp}\nnonce\n${answer}${forged}\n`)
      .sign(byCertificate ? certificate.key : platformKey, 'base64'),
  })
  response.end(answer)
})
server.listen(0, '127.0.0.1', () => parentPort?.postMessage(server.address().port))
