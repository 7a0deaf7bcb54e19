import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { endpoints } from '../../contracts/endpoints.ts'
import { operations } from '../../sandbox/control/operations.ts'
import { exampleOrder } from '../support/example.ts'
import { startSandbox } from '../support/sandbox.ts'
import { send } from '../wire/raw-request.ts'
import { signed } from '../wire/signed-request.ts'

const numbers: Record<string, string> = {
  merchant_plan_no: 'BADMINTON2026',
  merchant_sign_plan_no: 'SIGN2026BADMINTON',
  out_order_no: exampleOrder.out_trade_no,
}

const targets = [
  '/openapi.json',
  '/_sandbox/',
  '/_sandbox/openapi.json',
  '/_sandbox/limits',
  ...operations.filter(({ method }) => method === 'GET').map(({ path }) => `/_sandbox${path}`),
  ...Object.values(endpoints)
    .filter(({ method }) => method === 'GET')
    .map(({ path }) => `${path}?sub_mchid=${exampleOrder.sub_mchid}`),
].map((target) => target.replace(/\{(\w+)\}/g, (_, name: string) => numbers[name] ?? 'none'))

/** A line out of the middle of each private key of the folder. */
const secretLines = async () => {
  const dir = inject('credentials')
  const files = (await readdir(dir, { recursive: true })).filter((name) => name.endsWith('.pem'))
  const pems = await Promise.all(files.map((name) => readFile(join(dir, name), 'utf8')))

  return pems
    .filter((pem) => pem.includes('PRIVATE KEY'))
    .flatMap((pem) => pem.split('\n').slice(9, 10))
}

test('no route serves a private key or the APIv3 key', async () => {
  const { port, credentials, wxpay, control } = await startSandbox()
  await wxpay.chain('v3/payscore/sign-plan/partner/serviceorder').post({ json: exampleOrder })
  await control.worlds.snapshot('kept')
  await control.platformKeys.rotate('prepare')
  const secrets = ['PRIVATE KEY', credentials.apiv3Key, ...(await secretLines())]
  // More where `exec` was at work, which keeps a key of its own there.
  expect(secrets.length).toBeGreaterThanOrEqual(5)

  for (const target of targets) {
    const answer = await send(port, signed(credentials, { target }))
    const text = [...answer.lines, answer.body].join('\n')

    expect([target, answer.status]).not.toEqual([target, 500])
    for (const secret of secrets) expect(text.includes(secret), target).toBe(false)
  }
})
