import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, onTestFinished, test } from 'vitest'
import { Wechatpay } from '../../client/index.ts'
import { exampleOrder } from '../support/example.ts'
import { startSandbox } from '../support/sandbox.ts'
import { callControl } from './call-control.ts'

const added = {
  mchid: '1900000001',
  appid: 'wx8888888888888888',
  subMchid: '1900000002',
  subAppid: 'wx9999999999999999',
  serviceId: '500001',
  openid: 'o-first',
  subOpenid: 'o-second',
}

/** A sandbox whose folder may be changed. */
const start = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'merchants-'))
  const dir = join(folder, 'credentials')
  await cp(inject('credentials'), dir, { recursive: true })
  onTestFinished(() => rm(folder, { recursive: true }))

  return { ...(await startSandbox({ dir })), dir }
}

test('the first merchant is listed with its folder', async () => {
  const sandbox = await start()

  expect(await callControl(sandbox, '/merchants')).toMatchObject({
    status: 200,
    body: [{ mchid: '1230000109', credentials: sandbox.dir }],
  })
})

test('a merchant is added with a folder and a world of its own, and can sign', async () => {
  const sandbox = await start()
  const credentials = join(sandbox.dir, 'merchants', added.mchid)

  expect(await callControl(sandbox, '/merchants', added)).toMatchObject({
    status: 200,
    body: { mchid: added.mchid, credentials },
  })
  const { platformSerial } = sandbox.credentials
  const file = JSON.parse(await readFile(join(credentials, 'credentials.json'), 'utf8'))
  expect(file).toMatchObject({ ...added, platformSerial })
  expect(file.apiv3Key).not.toBe(sandbox.credentials.apiv3Key)

  for (const platform of ['certificate', 'publicKey'] as const) {
    const wxpay = Wechatpay.fromCredentials(credentials, { baseUrl: sandbox.url, platform })
    const plan = await wxpay
      .chain('v3/payscore/plan/partner/payscore-plans/merchant-plan-no/{merchant_plan_no}')
      .get({ merchant_plan_no: 'BADMINTON2026', query: { sub_mchid: added.subMchid } })
    expect(plan.data).toMatchObject({ mchid: added.mchid, service_id: added.serviceId })
  }
})

test('merchants keep to their own', async () => {
  const sandbox = await start()
  await callControl(sandbox, '/merchants', added)
  await sandbox.wxpay
    .chain('v3/payscore/sign-plan/partner/serviceorder')
    .post({ json: exampleOrder })

  const theirs = await callControl(sandbox, `/service-orders?mchid=${added.mchid}`)
  const ours = await callControl(sandbox, '/service-orders')
  expect(theirs.body).toMatchObject([{ mchid: added.mchid }])
  expect(ours.body).toMatchObject([{ mchid: '1230000109' }, { mchid: '1230000109' }])

  const wxpay = Wechatpay.fromCredentials(join(sandbox.dir, 'merchants', added.mchid), {
    baseUrl: sandbox.url,
  })
  await expect(
    wxpay.chain('v3/payscore/sign-plan/partner/serviceorder').post({ json: exampleOrder }),
  ).rejects.toMatchObject({ status: 403, apiCode: 'NO_AUTH' })
})

test('a merchant that is added again keeps its keys and its world', async () => {
  const sandbox = await start()
  await callControl(sandbox, '/merchants', added)
  const file = join(sandbox.dir, 'merchants', added.mchid, 'credentials.json')
  const before = await readFile(file, 'utf8')
  const plans = await callControl(sandbox, `/plans?mchid=${added.mchid}`)

  await callControl(sandbox, '/merchants', added)

  expect(await readFile(file, 'utf8')).toBe(before)
  expect(await callControl(sandbox, `/plans?mchid=${added.mchid}`)).toEqual(plans)
})

test.each([
  ['nothing', {}, /^Not understood: mchid: .+; subOpenid: .+\.$/],
  ['no number', { ...added, mchid: '../../1' }, /^Not understood: mchid: .+\.$/],
])('a merchant with %s is not added', async (_, body, message) => {
  const sandbox = await start()

  expect(await callControl(sandbox, '/merchants', body)).toMatchObject({
    status: 400,
    body: { code: 'INVALID', message: expect.stringMatching(message) },
  })
  expect(await readdir(sandbox.dir)).not.toContain('merchants')
})
