/**
 * Whether good requests pay for what helps the bad ones: queries a second, in-process and signatures
 * included, with the journal, the diagnosis header and faults that wait, and without; their ratio.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSandbox } from '../../dist/sandbox/index.js'
import { bestRates, callerOf } from './measure.mjs'

const dir = await mkdtemp(join(tmpdir(), 'wechatpay-sandbox-bench-'))
try {
  const keys = join(dir, 'keys')
  const plain = await createSandbox({ dir: keys, journal: { entries: 0 } })
  const helpful = await createSandbox({ dir: keys, explainHeader: true })
  helpful.control.faults.order({ fault: 'CLOSED', operation: 'refund.create' })

  const runs = [plain, helpful].map((sandbox) => {
    const call = callerOf(sandbox)
    const number = 'BADMINTON2026'
    const { subMchid } = sandbox.credentials
    const path = `/v3/payscore/plan/partner/payscore-plans/merchant-plan-no/${number}`
    return () => call('GET', `${path}?sub_mchid=${subMchid}`)
  })
  const [without, withAll] = await bestRates(runs, 15)
  console.log(
    `good requests: ${without.toFixed(0)}/s without journal and diagnosis, ${withAll.toFixed(0)}/s with them, ratio ${(withAll / without).toFixed(2)}`,
  )

  await plain.close()
  await helpful.close()
} finally {
  await rm(dir, { recursive: true, force: true })
}
