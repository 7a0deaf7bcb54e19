/**
 * Whether a request costs the same however much is remembered: queries and creations a second,
 * in-process and signatures included, with 100, 10,000 and 100,000 orders and with 100 merchants,
 * in sandboxes that take turns, as ratios to the first; and the memory that an order takes.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createSandbox } from '../../dist/sandbox/index.js'
import { bestRates, callerOf } from './measure.mjs'

const usualPlaces = [
  { orders: 100, merchants: 1 },
  { orders: 10_000, merchants: 1 },
  { orders: 100_000, merchants: 1 },
  { orders: 100, merchants: 100 },
]
const path = '/v3/payscore/partner/serviceorder'
const orderNo = (index) => `BENCH${index}`

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc')
const memory = () => {
  collectGarbage()
  return process.memoryUsage().heapUsed
}

const identitiesIn = ({ appid, subMchid, subAppid, serviceId, openid, subOpenid }) => ({
  appid,
  subMchid,
  subAppid,
  serviceId,
  openid,
  subOpenid,
})

const benchOf = async (dir, { orders, merchants }) => {
  const sandbox = await createSandbox({ dir })
  const { credentials, control } = sandbox
  for (let index = 1; index < merchants; index += 1) {
    await control.merchants.add({ ...identitiesIn(credentials), mchid: `${1_300_000_000 + index}` })
  }
  const call = callerOf(sandbox)
  let made = 0

  const creations = () =>
    call('POST', path, {
      service_id: credentials.serviceId,
      appid: credentials.appid,
      sub_mchid: credentials.subMchid,
      out_order_no: orderNo(made++),
      service_introduction: 'bench',
      risk_fund: { name: 'DEPOSIT', amount: 100 },
      time_range: { start_time: 'OnAccept' },
      notify_url: 'http://127.0.0.1:8130/notify',
    })

  const queries = () => {
    const number = orderNo(Math.floor(Math.random() * made))
    return call('GET', `${path}?sub_mchid=${credentials.subMchid}&out_order_no=${number}`)
  }

  // One order is made by the API, the others are copies of its text, so that filling takes seconds
  // and no two orders share what they are made of.
  await creations()
  const before = memory()
  const world = await control.worlds.export()
  const sample = world.records.serviceOrders.find(({ order }) => order.out_order_no === orderNo(0))
  const text = JSON.stringify(sample)
  const copies = []
  for (; made < orders; made += 1) {
    const numbered = text.replaceAll(`"${orderNo(0)}"`, `"${orderNo(made)}"`)
    copies.push({ ...JSON.parse(numbered), query_id: `${sample.query_id}${made}` })
  }
  const serviceOrders = [...world.records.serviceOrders, ...copies.splice(0)]
  await control.worlds.import({ ...world, records: { ...world.records, serviceOrders } })
  serviceOrders.length = 0
  const bytesPerOrder = (memory() - before) / orders

  return { bytesPerOrder, queries, creations, close: sandbox.close }
}

/** Of each place queries and creations a second, their ratios to the first place, and bytes an order. */
export const measureGrowth = async ({ places = usualPlaces, rounds = 9 } = {}) => {
  const dir = await mkdtemp(join(tmpdir(), 'wechatpay-sandbox-bench-'))
  const benches = []
  try {
    // A folder each: one would hand its merchants to the next.
    for (const [index, place] of places.entries()) {
      benches.push(await benchOf(join(dir, `keys-${index}`), place))
    }
    const best = {}
    for (const name of ['queries', 'creations']) {
      best[name] = await bestRates(
        benches.map((bench) => bench[name]),
        rounds,
      )
    }
    const figure = (rates, index) => ({ perSecond: rates[index], ratio: rates[index] / rates[0] })
    return places.map((place, index) => ({
      ...place,
      queries: figure(best.queries, index),
      creations: figure(best.creations, index),
      bytesPerOrder: benches[index].bytesPerOrder,
    }))
  } finally {
    for (const { close } of benches) await close()
    await rm(dir, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const shown = ({ perSecond, ratio }) => `${perSecond.toFixed(0)}/s (${ratio.toFixed(2)})`
  for (const { orders, merchants, bytesPerOrder, ...rates } of await measureGrowth()) {
    console.log(
      `${orders} orders, ${merchants} merchants: queries ${shown(rates.queries)}, creations ${shown(rates.creations)}, ${(bytesPerOrder / 1024).toFixed(1)} KiB an order`,
    )
  }
}
