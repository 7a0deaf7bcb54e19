import { expect, test } from 'vitest'
import { merchantOf } from '../callbacks/merchant.ts'
import { startReceiver } from '../callbacks/receiver.ts'
import { startSandbox } from '../support/sandbox.ts'
import { ask, certificatesIn, isSignedBy, planTarget } from './answers.ts'

/** Which key signs when the request names a certificate, a public key, nothing, or something else. */
const signers = async (sandbox: Awaited<ReturnType<typeof startSandbox>>) => {
  const { platformSerial, publicKeyId } = sandbox.credentials
  const named = [platformSerial, publicKeyId, undefined, '', 'PUB_KEY_ID_0000']
  const answers = await Promise.all(
    named.map((wanted) =>
      ask(sandbox, { target: planTarget, ...(wanted !== undefined && { wanted }) }),
    ),
  )
  return answers.map(({ serial }) => (serial === publicKeyId ? 'public key' : 'certificate'))
}

test.each([
  ['certificate', Array(5).fill('certificate')],
  ['public-key', Array(5).fill('public key')],
  ['switching', ['certificate', 'public key', 'certificate', 'certificate', 'certificate']],
] as const)(
  'in mode %s, who signs an answer depends on the request as documented',
  async (platformKeys, expected) => {
    const sandbox = await startSandbox({ platformKeys })

    expect(await signers(sandbox)).toEqual(expected)
  },
)

test.each([
  ['certificate', 'platformCertificate'],
  ['switching', 'platformCertificate'],
  ['public-key', 'publicKey'],
] as const)('in mode %s, answers and callbacks verify with the %s', async (platformKeys, pem) => {
  const receiver = await startReceiver()
  const sandbox = await startSandbox({ platformKeys, notifyTo: receiver.url })
  const key = sandbox.credentials[pem]
  await sandbox.control.userSignPlans.cancel('SIGN2026BADMINTON')
  await receiver.arrived(1)

  expect(isSignedBy(await ask(sandbox, { target: planTarget }), key)).toBe(true)
  const [callback] = receiver.received
  expect(callback && isSignedBy(callback, key)).toBe(true)
})

test.each(['certificate', 'switching'] as const)(
  'in mode %s the certificate can be downloaded, and has signed its list',
  async (platformKeys) => {
    const sandbox = await startSandbox({ platformKeys })
    const { credentials } = sandbox

    const answer = await ask(sandbox)
    const certificates = certificatesIn(answer.body, credentials.apiv3Key)

    expect([...certificates]).toEqual([
      [credentials.platformSerial, credentials.platformCertificate],
    ])
    expect(isSignedBy(answer, certificates.get(answer.serial) ?? '')).toBe(true)
  },
)

test('a merchant with the public key only has no certificate to download', async () => {
  const sandbox = await startSandbox({ platformKeys: 'public-key' })

  const answer = await ask(sandbox)

  expect(answer.status).toBe(404)
  expect(answer.body).toBe(
    '{"code":"RESOURCE_NOT_EXISTS","message":"无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥。可查看指引https://pay.weixin.qq.com/docs/merchant/products/platform-certificate/wxp-pub-key-guide.html"}',
  )
  expect(isSignedBy(answer, sandbox.credentials.publicKey)).toBe(true)
})

test('the mode is set while the sandbox runs, for one merchant', async () => {
  const sandbox = await startSandbox()
  const { url, control, wxpay } = sandbox
  const set = (mode: string, mchid = '1230000109') =>
    fetch(`${url}/_sandbox/platform-keys?mchid=${mchid}`, {
      method: 'POST',
      body: JSON.stringify({ mode }),
    })

  expect(await (await set('public-key')).json()).toEqual({ mode: 'public-key', callbacks: 0 })
  expect(await control.platformKeys.read()).toMatchObject({ mode: 'public-key' })
  expect((await ask(sandbox, { target: planTarget })).serial).toBe(sandbox.credentials.publicKeyId)

  await control.platformKeys.setMode({ mode: 'certificate' })
  expect(await wxpay.v3.certificates.get({})).toMatchObject({ status: 200 })

  expect((await set('both')).status).toBe(400)
  expect((await set('certificate', '1999999999')).status).toBe(404)
  expect(await control.platformKeys.read()).toMatchObject({ mode: 'certificate' })
})

test('while a merchant is switching, a share of its callbacks is signed by the public key', async () => {
  const receiver = await startReceiver()
  const sandbox = await startSandbox({ heldAt: Date.parse('2026-11-23T08:00:00+08:00'), seed: 1 })
  const { control, credentials } = sandbox
  const merchant = merchantOf(sandbox, receiver.url)
  const signers = async (count: number) => {
    const before = receiver.received.length
    for (let each = 0; each < count; each += 1) {
      await merchant.authorise(`A${before + each}`)
      await control.idle()
    }
    return receiver.received
      .slice(before)
      .map(({ headers }) => headers['Wechatpay-Serial'] === credentials.publicKeyId)
  }

  expect(new Set(await signers(3))).toEqual(new Set([false]))
  await control.faults.order({ fault: 'CALLBACK_PUBLIC_KEY' })
  expect(await signers(2)).toEqual([true, false])
  await control.platformKeys.setMode({ callbacks: 1 })
  expect(new Set(await signers(3))).toEqual(new Set([true]))
  await control.platformKeys.setMode({ callbacks: 0.5 })
  expect(new Set(await signers(12))).toEqual(new Set([true, false]))
  expect((await ask(sandbox, { target: planTarget })).serial).toBe(credentials.platformSerial)
})
