/**
 * Whether a request costs the same with 100 orders and with 100,000: queries and creations a
 * second, in-process and signatures included, in two sandboxes that take turns, and their ratio.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSandbox } from '../../dist/sandbox/index.js'
import { bestRates, callerOf } from './measure.mjs'

const sizes = [100, 100_000]
const path = '/v3/payscore/partner/serviceorder'
const orderNo = (index) => `BENCH${index}`

const benchOf = async (dir, size) => {
  const sandbox = await createSandbox({ dir })
  const { credentials } = sandbox
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

  // One order is made by the API, the others are copies of it, so that filling takes seconds.
  await creations()
  const world = await sandbox.control.worlds.export()
  const sample = await sandbox.control.serviceOrders.get(orderNo(0))
  const copies = []
  for (; made < size; made += 1) {
    const order = { ...sample.order, out_order_no: orderNo(made) }
    copies.push({ ...sample, order, query_id: String(made) })
  }
  const serviceOrders = [...world.contents.serviceOrders, ...copies]
  await sandbox.control.worlds.import({ ...world, contents: { ...world.contents, serviceOrders } })

  return { size, queries, creations, close: sandbox.close }
}

const dir = await mkdtemp(join(tmpdir(), 'wechatpay-sandbox-bench-'))
try {
  const benches = []
  for (const size of sizes) benches.push(await benchOf(join(dir, 'keys'), size))

  for (const name of ['queries', 'creations']) {
    const best = await bestRates(benches.map((bench) => bench[name]))
    const figures = benches.map(
      ({ size }, index) => `${best[index].toFixed(0)}/s with ${size} orders`,
    )
    console.log(`${name}: ${figures.join(', ')}, ratio ${(best[1] / best[0]).toFixed(2)}`)
  }

  for (const { close } of benches) await close()
} finally {
  await rm(dir, { recursive: true, force: true })
}
