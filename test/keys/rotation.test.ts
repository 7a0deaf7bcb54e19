import { expect, test } from 'vitest'
import { Wechatpay } from '../../client/index.ts'
import { merchantOf } from '../callbacks/merchant.ts'
import { startReceiver } from '../callbacks/receiver.ts'
import { startSandbox } from '../support/sandbox.ts'
import { ask, certificatesIn, isSignedBy, planTarget } from './answers.ts'

test('a rotation lists the new certificate first, lets it sign next, and drops the old last', async () => {
  const receiver = await startReceiver()
  const sandbox = await startSandbox({ platformKeys: 'certificate' })
  const { control, credentials, url } = sandbox
  await merchantOf(sandbox, receiver.url).refund()
  await control.idle()
  const [notice] = await control.notifications.list()
  /** What is listed, who signed the list, and who signs callbacks. */
  const look = async () => {
    const answer = await ask(sandbox)
    const certificates = certificatesIn(answer.body, credentials.apiv3Key)
    expect(isSignedBy(answer, certificates.get(answer.serial) ?? '')).toBe(true)
    expect(await control.platformKeys.read()).toMatchObject({
      certificates: [...certificates.keys()],
    })

    await control.notifications.redeliver(notice?.id ?? '')
    await control.idle()
    const callback = receiver.received.at(-1)
    const serial = callback?.headers['Wechatpay-Serial'] ?? ''
    expect(callback && isSignedBy(callback, certificates.get(serial) ?? '')).toBe(true)
    return { listed: [...certificates.keys()], list: answer.serial, callback: serial }
  }
  const rotate = async (step: string) => {
    const body = JSON.stringify({ step })
    await fetch(`${url}/_sandbox/platform-keys/rotate`, { method: 'POST', body })
  }
  const old = credentials.platformSerial
  expect(await look()).toEqual({ listed: [old], list: old, callback: old })

  await rotate('prepare')
  const { listed } = await look()
  const fresh = listed[1] ?? ''
  expect(fresh).toMatch(/^[1-7][0-9A-F]{39}$/)
  expect(await look()).toEqual({ listed: [old, fresh], list: old, callback: old })

  for (const _ of ['once', 'and again']) {
    await rotate('promote')
    expect(await look()).toEqual({ listed: [fresh, old], list: fresh, callback: fresh })
  }

  for (const _ of ['once', 'and again']) {
    await rotate('retire')
    expect(await look()).toEqual({ listed: [fresh], list: fresh, callback: fresh })
  }
})

test('without a certificate to change to, nothing changes', async () => {
  const { control } = await startSandbox()
  const before = await control.platformKeys.read()

  await control.platformKeys.rotate('promote')
  await control.platformKeys.rotate('retire')

  expect(await control.platformKeys.read()).toEqual(before)
})

test('a client that knows both keeps working through the whole rotation', async () => {
  const { control, credentials, url } = await startSandbox({ platformKeys: 'certificate' })
  await control.platformKeys.rotate('prepare')
  const wxpay = new Wechatpay({
    baseUrl: url,
    mchid: credentials.mchid,
    serial: credentials.merchantSerial,
    privateKey: credentials.merchantKey,
    apiv3Key: credentials.apiv3Key,
    platformKeys: 'download',
  })
  const plan = wxpay.v3.payscore.plan.partner.payscorePlans.merchantPlanNo._merchant_plan_no_
  const signer = async () => {
    const query = { sub_mchid: '1900000109' }
    const { headers } = await plan.get({ merchant_plan_no: 'BADMINTON2026', query })
    return headers.get('Wechatpay-Serial')
  }
  const [old, fresh] = (await control.platformKeys.read()).certificates

  expect(await signer()).toBe(old)
  await control.platformKeys.rotate('promote')
  expect(await signer()).toBe(fresh)
  await control.platformKeys.rotate('retire')
  expect(await signer()).toBe(fresh)
})

test('under load, every answer verifies with certificates that are fetched when one is new', async () => {
  const sandbox = await startSandbox({ platformKeys: 'certificate' })
  const { control, credentials } = sandbox
  const known = new Map([[credentials.platformSerial, credentials.platformCertificate]])
  const signers = new Set<string>()
  const unverified: string[] = []
  let rotating = true

  const work = async () => {
    while (rotating) {
      const answer = await ask(sandbox, { target: planTarget })
      if (!known.has(answer.serial)) {
        const list = await ask(sandbox)
        for (const [serial, pem] of certificatesIn(list.body, credentials.apiv3Key)) {
          known.set(serial, pem)
        }
        if (!isSignedBy(list, known.get(list.serial) ?? '')) unverified.push(list.serial)
      }
      if (!isSignedBy(answer, known.get(answer.serial) ?? '')) unverified.push(answer.serial)
      signers.add(answer.serial)
    }
  }
  const workers = Array.from({ length: 8 }, work)
  for (const _ of ['one rotation', 'and another']) {
    const [before = ''] = (await control.platformKeys.read()).certificates
    await expect.poll(() => signers.has(before)).toBe(true)
    await control.platformKeys.rotate('prepare')
    await control.platformKeys.rotate('promote')
    const [fresh = ''] = (await control.platformKeys.read()).certificates
    await expect.poll(() => signers.has(fresh)).toBe(true)
    await control.platformKeys.rotate('retire')
  }
  rotating = false
  await Promise.all(workers)

  expect(unverified).toEqual([])
  expect(signers.size).toBe(3)
})
