#!/usr/bin/env node
/**
 * Orders live their lives, many at once, while one request in a hundred meets a fault and callbacks
 * come: none may be lost or doubled, memory stays, the event loop goes on.
 */
import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Wechatpay } from '../../dist/client/index.js'

const { values: given } = parseArgs({
  options: {
    requests: { type: 'string', default: '200000' },
    'at-once': { type: 'string', default: '64' },
    'longest-pause': { type: 'string' },
    dir: { type: 'string' },
    help: { type: 'boolean' },
  },
})
if (given.help) {
  console.log(`npm run soak -- [--requests 200000] [--at-once 64] [--longest-pause MILLISECONDS] [--dir KEYS]
Ends with counts as JSON, and with status 1 when an order was lost or doubled, memory grew, or the
event loop stood still for longer than that in more than one of a hundred cases.`)
  process.exit()
}

const wholeNumbers = [given.requests, given['at-once']].map(Number)
if (!wholeNumbers.every((number) => Number.isInteger(number) && number > 0)) {
  console.error('Expected whole numbers from 1 for --requests and --at-once.')
  process.exit(2)
}
const [requests, atOnce] = wholeNumbers

const requestsAnOrder = 4
const ordersARound = Math.max(25, Math.min(2_500, Math.ceil(requests / requestsAnOrder / 4)))
const rounds = Math.ceil(requests / requestsAnOrder / ordersARound)
const longestPause = Number(given['longest-pause'] ?? Number.POSITIVE_INFINITY)
/** The first rounds fill caches and the journal. */
const warmUp = Math.ceil(rounds / 4)

/** What an answer meets; of four requests that make or complete orders one in 25 names it. */
const answerFaults = [
  'SYSTEM_ERROR',
  'SYSTEM_ERROR_AFTER',
  'CLOSED',
  'CLOSED_AFTER',
  'BODY_CHANGED',
]
const callbackFaults = ['CALLBACK_TWICE', 'CALLBACK_LATE', 'CALLBACK_PROBE', 'CALLBACK_UNSIGNED']
const everyTwentyFifth = (index, faults) =>
  index % 25 === 0 ? faults[(index / 25) % faults.length] : undefined

const counts = { requests: 0, faults: 0, reconciled: 0, callbacks: 0, refusedCallbacks: 0 }
const complaints = []

/** Starts the sandbox; what it is asked it answers under the number of the question. */
const startSandbox = async (dir) => {
  const child = fork(new URL('soak-server.mjs', import.meta.url), [dir], {
    execArgv: ['--expose-gc'],
  })
  const waiting = new Map()
  child.on('message', ({ id, answer }) => {
    waiting.get(id).resolve(answer)
    waiting.delete(id)
  })
  child.once('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`The sandbox ended with ${code}.`))
  })
  let asked = 0
  const answerTo = (id) =>
    new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject })
    })
  const ask = (question, options) => {
    asked += 1
    child.send({ id: asked, question, ...options })
    return answerTo(asked)
  }
  return { ask, ...(await answerTo(0)) }
}

/** Reads callbacks as a careful merchant does, and keeps what each order was told. */
const openReceiver = async (wxpay) => {
  const paid = new Map()
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray()
    counts.callbacks += 1
    try {
      const { event_type, resource } = await wxpay().notifications.parse(
        request.headers,
        Buffer.concat(chunks),
      )
      if (event_type === 'PAYSCORE.USER_PAID')
        paid.set(resource.out_order_no, resource.total_amount)
      response.writeHead(204).end()
    } catch {
      counts.refusedCallbacks += 1
      response.writeHead(401).end()
    }
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { paid, server, url: `http://127.0.0.1:${server.address().port}/notify` }
}

/** Whatever becomes of the call: what it changed is found, or made good. */
const carriedOut = async (path, call) => {
  counts.requests += 1
  try {
    return await path.post(call)
  } catch (error) {
    if (error.outcome !== 'unknown') throw error
    counts.reconciled += 1
    return path.reconcile(call)
  }
}

const liveOrder = async ({ wxpay, credentials, notify_url }, out_order_no, index) => {
  const orders = wxpay.v3.payscore.partner.serviceorder
  const { serviceId: service_id, appid, subMchid: sub_mchid, openid } = credentials
  const magicValue = (fault) => {
    if (fault === undefined) return '无'
    counts.faults += 1
    return `NT-${fault}-${out_order_no}`
  }
  const query = { sub_mchid, out_order_no }
  const state = async () => {
    counts.requests += 1
    return (await orders.get({ query })).data
  }

  const parties = { service_id, sub_mchid }
  const created = {
    ...parties,
    appid,
    openid,
    need_user_confirm: false,
    out_order_no,
    notify_url,
    service_introduction: '单次课',
    risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 9_000 },
    time_range: { start_time: 'OnAccept', end_time: '20991231235959' },
    attach: magicValue(everyTwentyFifth(index, answerFaults)),
  }
  await carriedOut(orders, { json: created })
  const doing = await state()
  if (doing.state !== 'DOING')
    complaints.push(`${out_order_no} is ${doing.state} after its creation`)

  const amount = 1 + (index % 9_000)
  const goods_tag = magicValue(everyTwentyFifth(index + 12, answerFaults))
  const post_payments = [{ name: '课时费', amount }]
  const json = { ...parties, total_amount: amount, post_payments, goods_tag }
  await carriedOut(orders._out_order_no_.complete, { out_order_no, json })
  const done = await state()
  if (done.state !== 'DONE' || done.collection?.paid_amount !== amount) {
    complaints.push(`${out_order_no} is ${done.state}, ${done.collection?.paid_amount} fen paid`)
  }
  return amount
}

const keys = resolve(given.dir ?? (await mkdtemp(join(tmpdir(), 'wechatpay-sandbox-soak-'))))
const sandbox = await startSandbox(keys)
const wxpay = Wechatpay.fromCredentials(keys, { baseUrl: sandbox.url, retry: 0 })
const receiver = await openReceiver(() => wxpay)
const { default: credentials } = await import(join(keys, 'credentials.json'), {
  with: { type: 'json' },
})
const shop = { wxpay, credentials, notify_url: receiver.url }
const memory = []
let slowest = 0

try {
  for (let round = 0; round < rounds; round += 1) {
    const amounts = new Map()
    let next = 0
    const livesOn = async () => {
      for (let index = next++; index < ordersARound; index = next++) {
        const fault = everyTwentyFifth(index, callbackFaults)
        if (fault) await sandbox.ask('faultNextCallback', { fault })
        const out_order_no = `SOAK${round}R${index}`
        try {
          amounts.set(out_order_no, await liveOrder(shop, out_order_no, index))
        } catch (error) {
          complaints.push(`${out_order_no}: ${error.message}`)
        }
      }
    }
    await Promise.all(Array.from({ length: atOnce }, livesOn))

    // A day later every callback has come that was late or refused the first time.
    await sandbox.ask('advance', { milliseconds: 24 * 3600 * 1000 })
    for (const [number, amount] of amounts) {
      const told = receiver.paid.get(number)
      if (told !== amount)
        complaints.push(`${number} paid ${amount} fen, the callback said ${told}`)
    }
    receiver.paid.clear()

    const { orders, megabytes, milliseconds } = await sandbox.ask('endRound')
    const made = orders - sandbox.orders
    if (made !== ordersARound) complaints.push(`${made} orders instead of ${ordersARound}`)
    memory.push(megabytes)
    if (round >= warmUp) slowest = Math.max(slowest, milliseconds)
    const figures = `${counts.requests} requests, ${megabytes.toFixed(1)} MB, event loop p99 ${milliseconds.toFixed(1)} ms`
    process.stderr.write(`round ${round + 1} of ${rounds}: ${figures}\n`)
  }
} finally {
  await sandbox.ask('close')
  receiver.server.close()
  if (!given.dir) await rm(keys, { recursive: true, force: true })
}

const growth = memory.at(-1) / memory[Math.min(warmUp, memory.length - 1)]
if (growth > 1.1) complaints.push(`memory grew to ${growth.toFixed(2)} of what it was`)
if (slowest > longestPause) complaints.push(`event loop p99 was ${slowest.toFixed(1)} ms`)

console.log(
  JSON.stringify({
    ...counts,
    orders: rounds * ordersARound,
    memoryGrowth: Number(growth.toFixed(3)),
    eventLoopP99: Number(slowest.toFixed(1)),
    complaints: complaints.length,
  }),
)
for (const complaint of complaints.slice(0, 20)) console.error(complaint)
process.exitCode = complaints.length > 0 ? 1 : 0
