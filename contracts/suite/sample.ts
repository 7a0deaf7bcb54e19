import { createDetailOrder } from './bodies.ts'
import { type Fixture, fixtureStates, type Given, type Mode } from './interaction.ts'

const fixtureOf = (mode: Mode): Fixture => ({
  mchid: '1230000109',
  platform: 'certificate',
  apiv3Key: '0'.repeat(32),
  mode,
  number: 'SAMPLE',
  parties: {
    service_id: '2002000000000558128851361561536',
    appid: 'wxd678efh567hg6787',
    ...(mode === 'partner' && { sub_mchid: '1900000109', sub_appid: 'wxd678efh567hg6999' }),
  },
  user: { openid: 'oSAMPLE' },
  notify_url: 'http://127.0.0.1:9/notify',
  plan_id: '1'.repeat(32),
  sign_plan_id: '2'.repeat(32),
  query_id: 'query',
  transaction_id: '4'.repeat(28),
  refund_id: '5'.repeat(29),
})

/** States as they might be told of; nothing is brought about. */
export const sampleOf = (mode: Mode) => ({
  ...fixtureOf(mode),
  order: {
    ...createDetailOrder(fixtureOf(mode)),
    ...(mode === 'partner' && { sub_openid: 'oSAMPLE' }),
  },
})

export const sampleStates: Given = Object.fromEntries(
  ['merchant', 'detailInTurn', ...fixtureStates].map((state) => [
    state,
    async (mode: Mode) => sampleOf(mode),
  ]),
)
