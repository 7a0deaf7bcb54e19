import { sign } from 'node:crypto'
import { connect } from 'node:net'
import { promisify } from 'node:util'

const signInPool = promisify(sign)
let count = 0

/** Bytes of so many creations of orders, signed before anything is timed. */
export const signedCreations = (credentials, amount) =>
  Promise.all(Array.from({ length: amount }, () => signedCreation(credentials)))

/** The body of a creation. */
export const orderOf = (credentials, number) => ({
  service_id: credentials.serviceId,
  appid: credentials.appid,
  sub_mchid: credentials.subMchid,
  out_order_no: `BENCH${number}`,
  service_introduction: '充电宝租借',
  post_payments: [{ name: '租借服务费', amount: 200, description: '每小时 2 元', count: 1 }],
  risk_fund: { name: 'DEPOSIT', amount: 9900 },
  time_range: { start_time: 'OnAccept' },
  location: { start_location: '嗨客时尚主题展餐厅' },
  attach: 'Easdfowealsdkjfnlaksjdlfkwqoi',
  notify_url: 'http://127.0.0.1:8130/notify',
})

const signedCreation = async (credentials) => {
  count += 1
  const target = '/v3/payscore/partner/serviceorder'
  const nonce = `${process.pid}x${count}`
  const timestamp = Math.floor(Date.now() / 1000)
  const body = JSON.stringify(orderOf(credentials, nonce))
  const message = Buffer.from(`POST\n${target}\n${timestamp}\n${nonce}\n${body}\n`)
  const signature = await signInPool('RSA-SHA256', message, credentials.merchantKey)
  const lines = [
    `POST ${target} HTTP/1.1`,
    'Host: 127.0.0.1',
    'User-Agent: bench',
    'Accept: application/json',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `Authorization: WECHATPAY2-SHA256-RSA2048 mchid="${credentials.mchid}",nonce_str="${nonce}",timestamp="${timestamp}",serial_no="${credentials.merchantSerial}",signature="${signature.toString('base64')}"`,
  ]

  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`)
}

/** Seconds until all are answered, so many at once, each connection kept. */
export const play = async (port, requests, concurrency) => {
  const waiting = [...requests]
  const sockets = await Promise.all(Array.from({ length: concurrency }, () => openSocket(port)))
  const begin = performance.now()
  await Promise.all(
    sockets.map(async (socket) => {
      for (let next = waiting.pop(); next; next = waiting.pop()) await socket.call(next)
    }),
  )
  const seconds = (performance.now() - begin) / 1000
  for (const socket of sockets) socket.close()

  return seconds
}

/** A client that costs next to nothing, so that the server's cost is what is seen. */
const openSocket = async (port) => {
  const socket = connect(port, '127.0.0.1')
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  let received = ''
  let answered = () => {}
  let failed = () => {}
  socket.setEncoding('latin1')
  socket.on('data', (chunk) => {
    received += chunk
    const head = received.indexOf('\r\n\r\n')
    if (head === -1) return
    const length = Number(/\r\nContent-Length: (\d+)/.exec(received)?.[1])
    if (received.length < head + 4 + length) return
    const answer = received
    received = ''
    if (answer.startsWith('HTTP/1.1 200 ')) answered()
    else failed(new Error(answer))
  })
  socket.on('close', () => failed(new Error('The connection was closed.')))

  return {
    call: (bytes) =>
      new Promise((resolve, reject) => {
        answered = resolve
        failed = reject
        socket.write(bytes)
      }),
    close: () => socket.destroy(),
  }
}
