import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, onTestFinished, test } from 'vitest'
import { exampleOrder } from '../support/example.ts'
import { startSandbox } from '../support/sandbox.ts'
import { send } from '../wire/raw-request.ts'
import { seedRequest } from '../wire/seed-request.ts'
import { isSignedBy, signed } from '../wire/signed-request.ts'
import { callControl } from './call-control.ts'

const plans = '/v3/payscore/plan/partner/payscore-plans/merchant-plan-no'

const added = {
  mchid: '1900000001',
  appid: 'wx8888888888888888',
  subMchid: '1900000002',
  subAppid: 'wx9999999999999999',
  serviceId: '500001',
  openid: 'o-first',
  subOpenid: 'o-second',
}

const signerOf = async (dir: string) => ({
  ...JSON.parse(await readFile(join(dir, 'credentials.json'), 'utf8')),
  merchantKey: await readFile(join(dir, 'apiclient_key.pem'), 'utf8'),
})

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

  const target = `${plans}/BADMINTON2026?sub_mchid=${added.subMchid}`
  const answer = await send(sandbox.port, signed(await signerOf(credentials), { target }))
  expect(answer.status).toBe(200)
  expect(JSON.parse(answer.body)).toMatchObject({ mchid: added.mchid, service_id: '500001' })
  expect(isSignedBy(answer, sandbox.credentials.platformCertificate)).toBe(true)

  const headers = { 'Wechatpay-Serial': file.publicKeyId }
  const other = await send(sandbox.port, signed(await signerOf(credentials), { target, headers }))
  expect(isSignedBy(other, await readFile(join(credentials, 'pub_key.pem'), 'utf8'))).toBe(true)
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

  const signer = await signerOf(join(sandbox.dir, 'merchants', added.mchid))
  const theirTry = signed(signer, seedRequest(JSON.stringify(exampleOrder)))
  expect(await send(sandbox.port, theirTry)).toMatchObject({ status: 403 })
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
