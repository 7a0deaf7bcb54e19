import { randomBytes } from 'node:crypto'
import type { CredentialsFile, Identities } from '../credentials.ts'
import { createDetailOrder } from './bodies.ts'
import { type Act, fixturesOf } from './fixtures.ts'
import {
  type Call,
  type Caller,
  type Fixture,
  type FixtureState,
  fixtureStates,
  type Mode,
  type Target,
} from './interaction.ts'

type Options = {
  url: string
  identities: Identities & Pick<CredentialsFile, 'apiv3Key'>
  platform: Caller['platform']
  call: Call
  /** Where callbacks go; nobody need listen there. @default a port that nobody listens at */
  notifyUrl?: string
  callback?: Target['callback']
  /** What its control API wants where it is bound elsewhere than to loopback. */
  controlToken?: string | undefined
  /** Reaches the control API. @default globalThis.fetch */
  fetch?: (request: Request) => Promise<Response>
}

/**
 * A sandbox as the target of the suite, by its address. Numbers are made from the time and chance,
 * so that it may hold things already; the business clock is moved, and never back.
 */
export const sandboxTarget = (options: Options): Target => {
  const { identities, platform, notifyUrl = 'http://127.0.0.1:9/notify', call } = options
  const { mchid, apiv3Key } = identities
  const caller: Caller = { mchid, platform, apiv3Key }
  const act = actOf(options)
  const steps = fixturesOf(call, act)
  const nextNumber = countFrom(newPrefix())

  const begin = (mode: Mode): Fixture => {
    const number = nextNumber()

    return {
      ...caller,
      mode,
      number,
      parties: partiesOf(identities, mode),
      user: { openid: `o${number}` },
      notify_url: notifyUrl,
      plan_id: '0',
      sign_plan_id: '0',
      query_id: '0',
      transaction_id: '0',
      refund_id: '0',
    }
  }

  const reach = async (state: FixtureState, fixture: Fixture): Promise<Fixture> => {
    let reached = fixture
    for (const step of steps[state]) reached = { ...reached, ...(await step(reached)) }
    return reached
  }

  /** What a merchant has who is in the other mode, in the hands of this one. */
  const ofOtherMode = (state: FixtureState) => async (mode: Mode) => {
    const other = begin(mode === 'partner' ? 'direct' : 'partner')
    const { number, plan_id, sign_plan_id, transaction_id } = await reach(state, other)
    return { ...begin(mode), number, plan_id, sign_plan_id, transaction_id }
  }

  const fixtures = fixtureStates.map((state) => [state, (mode: Mode) => reach(state, begin(mode))])
  const fixtureGiven: Partial<Record<FixtureState, (mode: Mode) => Promise<Fixture>>> =
    Object.fromEntries(fixtures)

  return {
    call,
    ...(options.callback && { callback: options.callback }),
    given: {
      ...fixtureGiven,
      planOfOtherMode: ofOtherMode('planOfOtherMode'),
      signPlanOfOtherMode: ofOtherMode('signPlanOfOtherMode'),
      usingInOtherMode: ofOtherMode('usingInOtherMode'),
      orderedInOtherMode: ofOtherMode('orderedInOtherMode'),
      merchant: async () => caller,
      certificatePrepared: async () => {
        await act('platform-keys/rotate', { step: 'prepare' })
        return caller
      },
      certificatePromoted: async () => {
        const { headers } = await call({ endpoint: 'certificates.list' })
        await act('platform-keys/rotate', { step: 'promote' })
        return { ...caller, formerSerial: headers.get('Wechatpay-Serial') ?? '' }
      },
      detailInTurn: async (mode) => {
        const { openid, subOpenid } = identities
        const signed = await reach('signed', { ...begin(mode), user: { openid } })
        const sub_openid = mode === 'partner' ? { sub_openid: subOpenid } : {}
        return { ...caller, order: { ...createDetailOrder(signed), ...sub_openid } }
      },
    },
  }
}

const newPrefix = () => `${Date.now().toString(36)}${randomBytes(3).toString('hex')}`.toUpperCase()

const countFrom = (prefix: string) => {
  let count = 0
  return () => {
    count += 1
    return `${prefix}-${count}`
  }
}

const partiesOf = (
  { serviceId, appid, subMchid, subAppid }: Identities,
  mode: Mode,
): Fixture['parties'] => ({
  service_id: serviceId,
  appid,
  ...(mode === 'partner' && { sub_mchid: subMchid, sub_appid: subAppid }),
})

const actOf = ({
  url,
  controlToken,
  identities: { mchid },
  fetch = (request) => globalThis.fetch(request),
}: Options): Act => {
  const headers = controlToken === undefined ? {} : { Authorization: `Bearer ${controlToken}` }
  const send = async (path: string, init: RequestInit) => {
    const address = `${url}/_sandbox/${path}?mchid=${mchid}`
    const response = await fetch(new Request(address, { ...init, headers }))
    const text = await response.text()
    if (!response.ok) throw new Error(`/_sandbox/${path} got ${response.status}: ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }

  return (path, body) =>
    send(path, body ? { method: 'POST', body: JSON.stringify(body) } : { method: 'GET' })
}
