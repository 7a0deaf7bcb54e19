/**
 * What `--state` costs: creations a second, in-process and with their signatures made beforehand, in
 * a sandbox that keeps state in a folder and in one that does not. They take turns; the median of
 * the rounds' ratios.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSandbox } from '../../dist/sandbox/index.js'
import { signedRequestOf } from './measure.mjs'

const [rounds, requests] = [11, 320]
const dir = await mkdtemp(join(tmpdir(), 'wechatpay-sandbox-bench-'))
const keys = join(dir, 'keys')

let made = 0
const creation = ({ credentials }) => {
  made += 1
  const json = {
    service_id: credentials.serviceId,
    appid: credentials.appid,
    sub_mchid: credentials.subMchid,
    out_order_no: `BENCH${made}`,
    service_introduction: 'bench',
    risk_fund: { name: 'DEPOSIT', amount: 100 },
    time_range: { start_time: 'OnAccept' },
    notify_url: 'http://127.0.0.1:8130/notify',
  }
  const target = '/v3/payscore/partner/serviceorder'
  return signedRequestOf(credentials, { method: 'POST', target, json })
}

const rate = async (sandbox, atOnce) => {
  const waiting = Array.from({ length: requests }, () => creation(sandbox))
  const work = async () => {
    for (let request = waiting.pop(); request; request = waiting.pop()) {
      const response = await sandbox.fetch(request)
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
      await response.arrayBuffer()
    }
  }
  const begin = performance.now()
  await Promise.all(Array.from({ length: atOnce }, work))
  return requests / ((performance.now() - begin) / 1000)
}

const median = (numbers) => numbers.toSorted((one, other) => one - other)[numbers.length >> 1]

try {
  const memory = await createSandbox({ dir: keys })
  const folder = await createSandbox({ dir: keys, state: { dir: join(dir, 'state') } })
  for (const atOnce of [1, 16, 64]) {
    const taken = []
    for (let round = 0; round < rounds; round += 1) {
      taken.push([await rate(memory, atOnce), await rate(folder, atOnce)])
    }
    const [without, with_] = [0, 1].map((index) => median(taken.map((pair) => pair[index])))
    const ratio = median(taken.map(([one, other]) => other / one))
    console.log(
      `creations, ${atOnce} at once: ${without.toFixed(0)}/s in memory, ${with_.toFixed(0)}/s with --state, ratio ${ratio.toFixed(2)}`,
    )
  }
  await memory.close()
  await folder.close()
} finally {
  await rm(dir, { recursive: true, force: true })
}
