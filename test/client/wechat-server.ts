/**
 * A small WeChat Pay of its own: node:http and node:crypto, nothing of this project, so that it is
 * an outside witness of what the client signs.
 */
import { createPublicKey, createSign, createVerify } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { inject, onTestFinished } from 'vitest'
import type { WechatpayOptions } from '../../client/index.ts'
import { placeOf } from '../../contracts/loopback.ts'

/** Keys that were made once for this run. */
const keysIn = (file: string) => {
  const privateKey = readFileSync(join(inject('credentials'), file), 'utf8')
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString()

  return { privateKey, publicKey }
}

export const merchant = keysIn('apiclient_key.pem')
export const platform = keysIn('private/pub_key_private.pem')

export const publicKeyId = 'PUB_KEY_ID_0119000001092024101500192300000001'
export const serial = '5157F09EFDC096DE15EBE81A47057A7232F1B8E1'

export type SeenRequest = {
  method: string
  /** The raw request target. */
  target: string
  headers: IncomingHttpHeaders
  body: string
  authorization: Partial<
    Record<'mchid' | 'serial_no' | 'timestamp' | 'nonce_str' | 'signature', string>
  >
  /** Whether the signature fits the raw target and the raw body. */
  signed: boolean
}

export type Reply = {
  status?: number
  body?: string
  /** What goes over the wire in place of the body, which is what is signed. */
  packed?: Uint8Array
  headers?: Record<string, string>
  /** Changes or removes headers of the signature. */
  signature?: Partial<Record<string, string | undefined>>
  /** Seconds that the timestamp is off. */
  offset?: number
}

/** Answers one request; `silence` never does, `hang-up` closes the connection. */
export type Answerer = (request: SeenRequest, count: number) => Reply | 'silence' | 'hang-up'

/** Starts a server on a free port; it ends with the test. `connections` are all that were made. */
export const startServer = async (answer: Answerer, tls?: { key: string; cert: string }) => {
  const seen: SeenRequest[] = []
  const connections: Socket[] = []
  const listener: RequestListener = async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const received = read({
      method: request.method ?? '',
      target: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    })
    seen.push(received)

    const reply = answer(received, seen.length)
    if (reply === 'silence') return
    if (reply === 'hang-up') {
      request.socket.destroy()
      return
    }
    const { status = 200, body = '', packed = body, headers } = reply
    response.writeHead(status, { 'Request-ID': '08A1-0', ...signatureOf(reply), ...headers })
    response.end(packed)
  }

  const server = tls ? createTlsServer(tls, listener) : createServer(listener)
  server.on('connection', (socket) => connections.push(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })

  const { url } = placeOf(server.address())
  return { url: tls ? url.replace('http:', 'https:') : url, seen, connections }
}

type RawRequest = Pick<SeenRequest, 'method' | 'target' | 'headers' | 'body'>

const read = (request: RawRequest): SeenRequest => {
  const { method, target, headers, body } = request
  const authorization = Object.fromEntries(
    [...(headers.authorization ?? '').matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [
      key,
      value,
    ]),
  )
  const { timestamp, nonce_str, signature = '' } = authorization
  const message = `${method}\n${target}\n${timestamp}\n${nonce_str}\n${body}\n`
  const signed = createVerify('RSA-SHA256')
    .update(message)
    .verify(merchant.publicKey, signature, 'base64')

  return { ...request, authorization, signed }
}

const signatureOf = ({ status = 200, body = '', signature = {}, offset = 0 }: Reply) => {
  if (status >= 300) return {}
  const timestamp = String(Math.floor(Date.now() / 1000) + offset)
  const nonce = 'd824f2e086d3c1df967785d13fcd22ef'
  const headers = {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Serial': publicKeyId,
    'Wechatpay-Signature': createSign('RSA-SHA256')
      .update(`${timestamp}\n${nonce}\n${body}\n`)
      .sign(platform.privateKey, 'base64'),
    ...signature,
  }

  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  )
}

/** The options of a client that this server knows. */
export const optionsFor = (baseUrl: string) =>
  ({
    mchid: '1900000109',
    serial,
    privateKey: merchant.privateKey,
    platformKeys: { [publicKeyId]: platform.publicKey },
    baseUrl,
  }) satisfies WechatpayOptions
