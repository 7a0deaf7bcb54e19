import { beforeAll, expect, inject, onTestFinished, test, vi } from 'vitest'
import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin'
import { Wechatpay } from '../../client/index.ts'
import { eventTypes } from '../../contracts/notifications.ts'
import { type Flaw, flaws } from '../../sandbox/authority/flaws.ts'
import {
  createNotificationMaker,
  type NotificationMaker,
  type TestNotification,
} from '../../sandbox/maker/notification-maker.ts'

let maker: NotificationMaker
beforeAll(async () => {
  maker = await createNotificationMaker()
})

const platforms = ['certificate', 'public-key'] as const

/** A receiver that trusts both keys of the platform. */
const receiver = () => {
  const { mchid, merchantSerial, merchantKey, apiv3Key, ...platform } = maker.credentials
  return new Wechatpay({
    mchid,
    serial: merchantSerial,
    privateKey: merchantKey,
    apiv3Key,
    platformKeys: {
      [platform.platformSerial]: platform.platformCertificate,
      [platform.publicKeyId]: platform.publicKey,
    },
  }).notifications
}

const parse = ({ headers, body }: TestNotification) => receiver().parse(headers, body)

/** Whether a client that nobody here wrote finds the signature right. */
const isVerified = ({ headers, body }: TestNotification, key: string): boolean => {
  const read = (name: string) => headers[`Wechatpay-${name}`] ?? ''
  const message = Formatter.response(read('Timestamp'), read('Nonce'), body)
  return Rsa.verify(message, read('Signature'), key)
}

test.each(eventTypes.flatMap((type) => platforms.map((platform) => ({ type, platform }))))(
  'a callback of $type, signed with the $platform, is verified and opened',
  async ({ type, platform }) => {
    const made = await maker.make(type, {}, { platform })
    const { platformCertificate, publicKey, apiv3Key } = maker.credentials

    expect(isVerified(made, platform === 'certificate' ? platformCertificate : publicKey)).toBe(
      true,
    )
    const { nonce, associated_data, ciphertext } = JSON.parse(made.body).resource
    const opened = Aes.AesGcm.decrypt(ciphertext, apiv3Key, nonce, associated_data)
    expect(await parse(made)).toMatchObject({
      id: made.id,
      event_type: type,
      resource: JSON.parse(opened),
    })
  },
)

test('members that are given replace those of the sample', async () => {
  const made = await maker.make('PAYSCORE.USER_PAID', { out_order_no: 'MINE', total_amount: 1 })

  expect(await parse(made)).toMatchObject({
    resource: { out_order_no: 'MINE', total_amount: 1, state: 'DONE' },
  })
})

const codes: Record<Exclude<Flaw, 'new-certificate' | 'public-key'>, string> = {
  'wrong-signature': 'SIGNATURE_MISMATCH',
  probe: 'SIGNATURE_MISMATCH',
  'broken-probe': 'SIGNATURE_MISMATCH',
  'unknown-serial': 'SERIAL_UNKNOWN',
  'old-timestamp': 'TIMESTAMP_OFFSET',
  'body-changed': 'SIGNATURE_MISMATCH',
  unsigned: 'SIGNATURE_HEADERS_MISSING',
}

// One that the public key signed is sound for whoever knows that key.
const wrong = flaws.filter((flaw) => flaw !== 'public-key')

test.each(platforms.flatMap((platform) => wrong.map((flaw) => ({ platform, flaw }))))(
  'a callback with the flaw $flaw, in $platform mode, is refused for it',
  async ({ platform, flaw }) => {
    const made = await maker.make('REFUND.SUCCESS', {}, { platform, flaw })

    await expect(parse(made)).rejects.toMatchObject({
      code: flaw === 'new-certificate' ? 'SERIAL_UNKNOWN' : codes[flaw],
    })
  },
)

test('no two makers give one id, even if they are made at the same moment', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const dir = inject('credentials')
  const idOf = async () =>
    (await (await createNotificationMaker({ dir })).make('REFUND.SUCCESS')).id

  const ids = [await idOf(), await idOf(), await idOf()]

  expect(new Set(ids).size).toBe(3)
})

test('the same id again is a repetition, signed anew', async () => {
  const first = await maker.make('PAYSCORE.USER_CONFIRM')
  const again = await maker.make('PAYSCORE.USER_CONFIRM', {}, { id: first.id })

  expect(again.id).toBe(first.id)
  expect((await parse(again)).id).toBe(first.id)
  expect(again.headers['Wechatpay-Nonce']).not.toBe(first.headers['Wechatpay-Nonce'])
})

test('with a credentials folder, what is made is good for whoever holds it', async () => {
  const dir = inject('credentials')
  const { make } = await createNotificationMaker({ dir })
  const { headers, body } = await make('PAYSCORE.USER_PAID')

  const { event_type } = await Wechatpay.fromCredentials(dir).notifications.parse(headers, body)
  expect(event_type).toBe('PAYSCORE.USER_PAID')
})
