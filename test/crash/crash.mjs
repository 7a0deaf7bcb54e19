#!/usr/bin/env node
/**
 * A sandbox with --state is killed again and again, at random moments under load: nothing that it
 * answered may be lost, nothing may be there twice, no number may come again, and what was to be
 * sent is sent.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Wechatpay } from '../../dist/client/index.js'

const { values: given } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    'at-once': { type: 'string', default: '16' },
    seed: { type: 'string', default: '1' },
    dir: { type: 'string' },
    help: { type: 'boolean' },
  },
})
if (given.help) {
  console.log(`npm run crash -- [--kills 200] [--at-once 16] [--seed 1] [--dir KEYS]
Ends with counts as JSON, and with status 1 when something was lost, doubled or used again.`)
  process.exit()
}

const [kills, atOnce, seed] = [given.kills, given['at-once'], given.seed].map(Number)
if (![kills, atOnce, seed].every((number) => Number.isInteger(number) && number > 0)) {
  console.error('Expected whole numbers from 1 for --kills, --at-once and --seed.')
  process.exit(2)
}

/** Milliseconds after which a sandbox is killed, at most: since it serves, and since it was started. */
const longestLife = 1500
const longestStart = 1000
/** Of so many kills, one meets a sandbox that starts. */
const killsAStart = 5

let drawn = seed
/** From 0 to 1, the same again for the same seed (mulberry32). */
const chance = () => {
  drawn = (drawn + 0x6d2b79f5) | 0
  let mixed = Math.imul(drawn ^ (drawn >>> 15), 1 | drawn)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}

const counts = { kills: 0, answers: 0, orders: 0, interrupted: 0, callbacks: 0, repeated: 0 }
const complaints = []

/** What was answered of each order; what was not may have happened or not. */
const orders = new Map()
const owners = new Map()
/** An id belongs to what it was given to, for good. */
const claim = (id, owner) => {
  if (owners.has(id) && owners.get(id) !== owner) {
    complaints.push(`${id} is of ${owners.get(id)} and of ${owner}`)
  }
  owners.set(id, owner)
}
const expectSame = (facts, name, value) => {
  facts[name] ??= value
  if (facts[name] !== value) {
    complaints.push(`${facts.number}: ${name} was ${facts[name]} and is ${value}`)
  }
}

const folder = await mkdtemp(join(tmpdir(), 'wechatpay-sandbox-crash-'))
const keys = resolve(given.dir ?? join(folder, 'keys'))
const state = join(folder, 'state')

const start = () => {
  const words = ['start', '--port', '0', '--json', '--quiet', '--dir', keys, '--state', state]
  const program = spawn(process.execPath, ['dist/sandbox/cli/main.js', ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(program, 'exit')
  program.stderr.setEncoding('utf8').on('data', (text) => complaints.push(text.trim()))
  const ready = Promise.race([
    once(program.stdout, 'data').then(([line]) => JSON.parse(line).url),
    ended.then(([code]) => (code === null ? undefined : Promise.reject(new Error(`exit ${code}`)))),
  ])
  const kill = async () => {
    program.kill('SIGKILL')
    await ended
  }
  return { ready, kill }
}

let wxpay
/** The notifications of each order, by their event. */
const told = new Map()
const receiver = createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray())
  counts.callbacks += 1
  try {
    const { id, event_type, resource } = await wxpay.notifications.parse(request.headers, body)
    const event = `${event_type} of ${resource.out_order_no ?? resource.out_refund_no}`
    claim(id, event)
    if (told.has(event)) counts.repeated += 1
    if ((told.get(event) ?? id) !== id) complaints.push(`${event} was told as two notifications`)
    told.set(event, id)
    response.writeHead(204).end()
  } catch (error) {
    complaints.push(`a callback: ${error.message}`)
    response.writeHead(401).end()
  }
})
await new Promise((listening) => receiver.listen(0, '127.0.0.1', listening))
const notify_url = `http://127.0.0.1:${receiver.address().port}/notify`

const answered = async (call) => {
  const { data } = await call
  counts.answers += 1
  return data
}

const paths = () => ({
  orders: wxpay.v3.payscore.partner.serviceorder,
  refunds: wxpay.v3.refund.domestic.refunds,
})

const query = async ({ number }) => {
  const { subMchid: sub_mchid } = wxpay.credentials
  try {
    return await answered(paths().orders.get({ query: { sub_mchid, out_order_no: number } }))
  } catch (error) {
    if (error.apiCode === 'ORDER_NOT_EXIST') return undefined
    throw error
  }
}

/** Holds an order against what was answered of it before, and notes what is answered now. */
const check = async (facts) => {
  const order = await query(facts)
  if (!order) {
    if (facts.order_id) complaints.push(`${facts.number} is lost`)
    return undefined
  }
  expectSame(facts, 'order_id', order.order_id)
  claim(order.order_id, `order ${facts.number}`)
  if (order.state !== 'DONE') {
    if (facts.isCompleted) complaints.push(`the completion of ${facts.number} is lost`)
    return order
  }

  const { transaction_id, amount } = order.collection.details[0]
  expectSame(facts, 'transaction_id', transaction_id)
  expectSame(facts, 'amount', amount)
  claim(transaction_id, `payment of ${facts.number}`)
  return order
}

/** Goes on with an order's life wherever it was interrupted. */
const liveOn = async (facts) => {
  const { serviceId: service_id, appid, subMchid: sub_mchid, openid } = wxpay.credentials
  const { number, amount } = facts
  const parties = { service_id, sub_mchid }
  let order = await check(facts)
  if (!order) {
    const json = {
      ...parties,
      appid,
      openid,
      need_user_confirm: false,
      out_order_no: number,
      notify_url,
      service_introduction: '单次课',
      risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 9_000 },
      time_range: { start_time: 'OnAccept', end_time: '20991231235959' },
    }
    order = await answered(paths().orders.post({ json }))
    expectSame(facts, 'order_id', order.order_id)
  }
  if (order.state === 'DOING') {
    const json = { ...parties, total_amount: amount, post_payments: [{ name: '课时费', amount }] }
    await answered(paths().orders._out_order_no_.complete.post({ out_order_no: number, json }))
    facts.isCompleted = true
    await check(facts)
  }

  const { refund_id } = await answered(
    paths().refunds.post({
      json: {
        sub_mchid,
        transaction_id: facts.transaction_id,
        out_refund_no: `${number}R`,
        notify_url,
        amount: { refund: amount, total: amount, currency: 'CNY' },
      },
    }),
  )
  expectSame(facts, 'refund_id', refund_id)
  claim(refund_id, `refund of ${number}`)
  facts.isFinished = true
}

let made = 0
const unfinished = () => [...orders.values()].filter(({ isFinished }) => !isFinished)

/** Lets orders live, many at once, until the sandbox is gone. */
const underLoad = async (isOver) => {
  const interrupted = unfinished()
  const nextOrder = () => {
    const facts = interrupted.pop()
    if (facts) return facts
    made += 1
    const fresh = { number: `CRASH${made}`, amount: 1 + (made % 9_000) }
    orders.set(fresh.number, fresh)
    return fresh
  }
  const work = async () => {
    while (!isOver()) {
      const facts = nextOrder()
      try {
        await liveOn(facts)
      } catch (error) {
        if (!isOver()) complaints.push(`${facts.number}: ${error.message}`)
        counts.interrupted += 1
        return
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}

const connect = async (url) => {
  wxpay = Wechatpay.fromCredentials(keys, { baseUrl: url, retry: 0 })
  const credentials = await import(join(keys, 'credentials.json'), { with: { type: 'json' } })
  wxpay.credentials = credentials.default
}

const liveAndDie = async () => {
  const sandbox = start()
  const url = await sandbox.ready
  await connect(url)
  let isOver = false
  const load = underLoad(() => isOver)
  await wait(chance() * longestLife)
  isOver = true
  await sandbox.kill()
  await load
}

const dieEarly = async () => {
  const sandbox = start()
  sandbox.ready.catch(() => {})
  await wait(chance() * longestStart)
  await sandbox.kill()
}

/** Everything that is there once: none of it is doubled, and no number was given twice. */
const checkWorld = async (url) => {
  const { records } = await (await fetch(`${url}/_sandbox/world`)).json()
  const numbers = records.serviceOrders
    .map(({ order }) => order.out_order_no)
    .filter((number) => number.startsWith('CRASH'))
  if (new Set(numbers).size !== numbers.length) complaints.push('an order is there twice')
  if (numbers.length !== orders.size) {
    complaints.push(`${numbers.length} orders are there, ${orders.size} were made`)
  }
  const ids = [
    ...records.serviceOrders.flatMap(({ order, query_id, transaction_id, chargeNumber }) => [
      order.order_id,
      query_id,
      transaction_id,
      chargeNumber,
    ]),
    ...records.refunds.map(({ refund }) => refund.refund_id),
    ...records.notifications.map(({ id }) => id),
  ].filter(Boolean)
  if (new Set(ids).size !== ids.length) complaints.push('a number was given twice')
}

const checkCallbacks = () => {
  for (const { number } of orders.values()) {
    for (const event of [`PAYSCORE.USER_PAID of ${number}`, `REFUND.SUCCESS of ${number}R`]) {
      if (!told.has(event)) complaints.push(`${event} was never told`)
    }
  }
}

try {
  // The first start makes keys, and is no part of it.
  const first = start()
  await first.ready
  await first.kill()

  while (counts.kills < kills) {
    counts.kills += 1
    await (counts.kills % killsAStart === 0 ? dieEarly() : liveAndDie())
    if (counts.kills % 10 > 0 && counts.kills < kills) continue
    process.stderr.write(
      `${counts.kills} of ${kills} kills, ${orders.size} orders, ${counts.answers} answers, ${complaints.length} complaints\n`,
    )
  }

  const last = start()
  const url = await last.ready
  await connect(url)
  try {
    for (const facts of orders.values()) await check(facts)
    for (const facts of unfinished()) await liveOn(facts)
    await fetch(`${url}/_sandbox/idle`, { method: 'POST' })
    await checkWorld(url)
    checkCallbacks()
  } finally {
    await last.kill()
  }
} catch (error) {
  complaints.push(error.message)
} finally {
  receiver.close()
  receiver.closeAllConnections()
  await rm(folder, { recursive: true, force: true })
}

counts.orders = orders.size
console.log(JSON.stringify({ ...counts, complaints: complaints.length }))
for (const complaint of complaints.slice(0, 20)) console.error(complaint)
process.exitCode = complaints.length > 0 ? 1 : 0
