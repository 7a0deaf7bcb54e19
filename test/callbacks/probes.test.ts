import { expect, test } from 'vitest'
import { UntrustedAnswerError, type Wechatpay } from '../../client/index.ts'
import { openSandbox, startSandbox } from '../support/sandbox.ts'
import { authorizationFor } from '../support/signer.ts'
import { merchantOf } from './merchant.ts'
import { type Callback, startReceiver } from './receiver.ts'

const heldAt = Date.parse('2026-11-23T08:00:00+08:00')
const prefix = 'WECHATPAY/SIGNTEST/'

const isBase64 = (text: string) => Buffer.from(text, 'base64').toString('base64') === text

type Served = Pick<Awaited<ReturnType<typeof startSandbox>>, 'url' | 'credentials'>

/** The signatures of so many answers to requests that all differ. */
const answerSignatures = async ({ url, credentials }: Served, count: number) => {
  const signatures: string[] = []
  for (let each = 0; each < count; each += 1) {
    const target = `/v3/payscore/plan/partner/payscore-plans/merchant-plan-no/P${each}?sub_mchid=1900000109`
    const answer = await fetch(`${url}${target}`, {
      headers: {
        Authorization: authorizationFor(credentials, { target }),
        'Accept-Language': 'zh-CN',
      },
    })
    signatures.push(answer.headers.get('Wechatpay-Signature') ?? '')
  }
  return signatures
}

test('without a word, nothing is probed', async () => {
  const signatures = await answerSignatures(await startSandbox(), 20)

  expect(signatures.filter((signature) => signature.startsWith(prefix))).toEqual([])
})

test('the same seed probes the same answers, another seed others', async () => {
  const probed = async (seed: number) =>
    (await answerSignatures(await startSandbox({ seed, probes: { answers: 0.4 } }), 40)).map(
      (signature) => signature.startsWith(prefix) && signature.length,
    )
  const [first, again, other] = [await probed(7), await probed(7), await probed(8)]

  expect(again).toEqual(first)
  expect(other).not.toEqual(first)
  expect(first.filter(Boolean).length).toBeGreaterThan(5)
  expect(first.filter(Boolean).length).toBeLessThan(30)
})

test('some probes are Base64 of no signature, some are no Base64', async () => {
  const probes = await answerSignatures(await startSandbox({ probes: { answers: 1 } }), 12)

  expect(probes.filter((signature) => !signature.startsWith(prefix))).toEqual([])
  expect(new Set(probes.map(isBase64))).toEqual(new Set([true, false]))
})

test('the repeat of a probed request is answered for certain', async () => {
  const { wxpay, control } = await openSandbox({ probes: { answers: 1 } })
  const query = { sub_mchid: '1900000109' }
  const plan = wxpay.v3.payscore.plan.partner.payscorePlans.merchantPlanNo._merchant_plan_no_
  const ask = () => plan.get({ merchant_plan_no: 'BADMINTON2026', query })

  await expect(ask()).rejects.toThrow(UntrustedAnswerError)
  expect(await ask()).toMatchObject({ status: 200 })
  await expect(ask()).rejects.toThrow(UntrustedAnswerError)

  await control.probes.set({ answers: 0 })
  expect(await ask()).toMatchObject({ status: 200 })
  expect(await ask()).toMatchObject({ status: 200 })
})

type Answering = (callback: Callback, wxpay: Wechatpay) => number | Promise<number>

/** A refund whose callback comes as a probe first. */
const startProbed = async (answer: Answering) => {
  const { wxpay, control, credentials } = await openSandbox({ heldAt, probes: { callbacks: 1 } })
  const receiver = await startReceiver((callback) => answer(callback, wxpay))
  await merchantOf({ wxpay, control, credentials }, receiver.url).refund()
  await control.idle()

  return { control, receiver, one: async () => (await control.notifications.list())[0] }
}

test('who verifies refuses the probe, and the genuine callback follows at once', async () => {
  const { receiver, one } = await startProbed(({ headers, body }, wxpay) =>
    wxpay.notifications.parse(headers, body).then(
      () => 204,
      () => 401,
    ),
  )

  const [probe, genuine] = receiver.received
  expect(probe?.headers['Wechatpay-Signature']).toMatch(/^WECHATPAY\/SIGNTEST\//)
  expect(Object.keys(probe?.headers ?? {})).toEqual(Object.keys(genuine?.headers ?? {}))
  expect(probe?.body).toBe(genuine?.body)
  expect(await one()).toMatchObject({
    state: 'DELIVERED',
    retries: 0,
    attempts: [
      { at: heldAt, probe: true, status: 401 },
      { at: heldAt, probe: false, status: 204 },
    ],
  })
  expect((await one())?.attempts[0]).not.toHaveProperty('violation')
})

test('who accepts a probe does wrong, and gets the genuine callback all the same', async () => {
  const { receiver, one } = await startProbed(() => 200)

  expect(receiver.received).toHaveLength(2)
  expect(await one()).toMatchObject({
    state: 'DELIVERED',
    attempts: [
      { probe: true, status: 200, violation: 'a probe was accepted' },
      { probe: false, status: 200 },
    ],
  })
})

test('probes use up nothing of the schedule', async () => {
  const { one, control } = await startProbed(() => 500)
  await control.clock.advance(2 * 86_400_000)

  const { state, attempts = [] } = (await one()) ?? {}
  const at = (probe: boolean) =>
    attempts.filter((each) => each.probe === probe).map((each) => (each.at - heldAt) / 1000)
  expect(state).toBe('EXHAUSTED')
  expect(at(false)).toHaveLength(16)
  expect(at(false).at(-1)).toBe(24 * 3600 + 4 * 60)
  expect(at(true)).toEqual(at(false))
})

test('callbacks in between change nothing about which answers are probed', async () => {
  const probed = (signatures: string[]) =>
    signatures.map((signature) => signature.startsWith(prefix) && signature.length)
  const [quiet, busy] = [await startSandbox({ seed: 3 }), await startSandbox({ seed: 3 })]
  await merchantOf(busy, (await startReceiver()).url).refund()
  await busy.control.idle()
  for (const { control } of [quiet, busy]) await control.probes.set({ answers: 0.5 })

  expect(probed(await answerSignatures(busy, 20))).toEqual(
    probed(await answerSignatures(quiet, 20)),
  )
})
