/**
 * How near the client comes to what a call costs at least: signed creations a second, beside a
 * fetch client of some lines that signs, sends and verifies, and beside wechatpay-axios-plugin.
 * All of them call `bare-server.mjs`, the same process, and take turns.
 */
import { spawn } from 'node:child_process'
import { createPrivateKey, randomBytes, sign, verify, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Wechatpay as Plugin } from 'wechatpay-axios-plugin'
import { Wechatpay } from '../../dist/client/index.js'
import { createSandbox } from '../../dist/sandbox/index.js'
import { orderOf } from './load.mjs'

const path = '/v3/payscore/partner/serviceorder'

/** What anybody would write first, and nothing more. */
const minimalClient = (credentials, baseUrl) => {
  const key = createPrivateKey(credentials.merchantKey)
  const { publicKey } = new X509Certificate(credentials.platformCertificate)

  return async (order) => {
    const body = JSON.stringify(order)
    const timestamp = Math.floor(Date.now() / 1000)
    const nonce = randomBytes(16).toString('hex')
    const message = Buffer.from(`POST\n${path}\n${timestamp}\n${nonce}\n${body}\n`)
    const signature = sign('RSA-SHA256', message, key).toString('base64')
    const response = await fetch(`${baseUrl}${path}`, {
      method: 'POST',
      headers: {
        Accept: 'application/json',
        'Accept-Language': 'zh-CN',
        'User-Agent': 'bench',
        'Content-Type': 'application/json',
        Authorization: `WECHATPAY2-SHA256-RSA2048 mchid="${credentials.mchid}",nonce_str="${nonce}",timestamp="${timestamp}",serial_no="${credentials.merchantSerial}",signature="${signature}"`,
      },
      body,
    })
    const text = await response.text()
    const member = (name) => response.headers.get(`wechatpay-${name}`)
    const answer = Buffer.from(`${member('timestamp')}\n${member('nonce')}\n${text}\n`)
    const proof = Buffer.from(member('signature') ?? '', 'base64')
    if (!verify('RSA-SHA256', answer, publicKey, proof)) throw new Error(`${response.status}`)

    return JSON.parse(text)
  }
}

/** Set up as its manual says. */
const pluginClient = (credentials, baseURL) => {
  const { payscore } = new Plugin({
    baseURL,
    proxy: false,
    mchid: credentials.mchid,
    serial: credentials.merchantSerial,
    privateKey: credentials.merchantKey,
    certs: { [credentials.platformSerial]: credentials.platformCertificate },
  }).v3

  return async (order) => (await payscore.partner.serviceorder.post(order)).data
}

const ownClient = (dir, baseUrl) => {
  const { payscore } = Wechatpay.fromCredentials(dir, { baseUrl }).v3

  return async (json) => (await payscore.partner.serviceorder.post({ json })).data
}

const startBare = async (dir) => {
  const file = fileURLToPath(new URL('bare-server.mjs', import.meta.url))
  const server = spawn(process.execPath, [file, dir], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [port] = await once(server.stdout, 'data')

  return { url: `http://127.0.0.1:${Number(port)}`, stop: () => server.kill() }
}

/** Calls a second, so many at once. */
const rateOf = async (call, { orders, concurrency }) => {
  const waiting = [...orders]
  const work = async () => {
    for (let order = waiting.pop(); order; order = waiting.pop()) {
      const answer = await call(order)
      if (answer.out_order_no !== order.out_order_no) throw new Error('another order is answered')
    }
  }
  const begin = performance.now()
  await Promise.all(Array.from({ length: concurrency }, work))

  return orders.length / ((performance.now() - begin) / 1000)
}

const median = (values) =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]

const names = ['minimal', 'plugin', 'client']

/**
 * Medians of rounds in which the clients take turns: calls a second of each, and the ratios of our
 * client to both others in the same round.
 */
export const measureClient = async ({ rounds = 7, calls = 400, concurrencies = [1, 16] } = {}) => {
  const dir = await mkdtemp(join(tmpdir(), 'wechatpay-sandbox-bench-'))
  let server
  try {
    const { credentials, close } = await createSandbox({ dir })
    await close()
    server = await startBare(dir)
    const { url } = server
    const clients = {
      minimal: minimalClient(credentials, url),
      plugin: pluginClient(credentials, url),
      client: ownClient(dir, url),
    }
    const orders = Array.from({ length: calls }, (_, number) => orderOf(credentials, number))

    const figures = []
    for (const concurrency of concurrencies) {
      const rates = { minimal: [], plugin: [], client: [] }
      // The first round warms up.
      for (let round = 0; round <= rounds; round += 1) {
        // Whoever comes first in a round comes last in the next.
        for (const name of round % 2 === 0 ? names : names.toReversed()) {
          const rate = await rateOf(clients[name], { orders, concurrency })
          if (round > 0) rates[name].push(rate)
        }
      }
      const ratioTo = (name) => median(rates.client.map((rate, round) => rate / rates[name][round]))
      figures.push({
        concurrency,
        perSecond: Object.fromEntries(names.map((name) => [name, median(rates[name])])),
        toMinimal: ratioTo('minimal'),
        toPlugin: ratioTo('plugin'),
      })
    }
    return figures
  } finally {
    server?.stop()
    await rm(dir, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { concurrency, perSecond, toMinimal, toPlugin } of await measureClient()) {
    const [minimal, plugin, client] = names.map((name) => perSecond[name].toFixed(0))
    console.log(
      `${concurrency} at once: minimal fetch client ${minimal}/s, wechatpay-axios-plugin ${plugin}/s, client ${client}/s; ratio ${toMinimal.toFixed(2)} and ${toPlugin.toFixed(2)}`,
    )
  }
}
