import { expect, test } from 'vitest'
import { isEventType, NotificationEnvelope, notifications } from '../../contracts/notifications.ts'
import { readCertificate } from '../../contracts/protocol/certificate.ts'
import { open } from '../../contracts/protocol/cipher.ts'
import { answerMessage } from '../../contracts/protocol/message.ts'
import { verifySignature } from '../../contracts/protocol/signature.ts'
import golden from '../golden/notifications.json' with { type: 'json' }
import { callbacks } from './recordings.ts'

test('every known callback is recorded, with what was sealed in it', () => {
  const recorded = callbacks.map(({ _id, _event, _resource }) => ({ _id, _event, _resource }))

  expect(recorded).toEqual(
    golden.map(({ id, event_type, resource }) => ({
      _id: id,
      _event: event_type,
      _resource: resource,
    })),
  )
  expect(recorded).toHaveLength(22)
})

const headerOf = (headers: readonly { name: string; value: string }[], wanted: string) =>
  headers.find(({ name }) => name === wanted)?.value ?? ''

test.each(callbacks.filter(({ _platformCertificate }) => _platformCertificate))(
  '$_id verifies with the certificate that was published with it',
  ({ request, _platformCertificate = '' }) => {
    const message = answerMessage({
      timestamp: headerOf(request.headers, 'Wechatpay-Timestamp'),
      nonce: headerOf(request.headers, 'Wechatpay-Nonce'),
      body: Buffer.from(request.postData?.text ?? ''),
    })
    const { publicKey } = readCertificate(_platformCertificate)

    expect(
      verifySignature(message, headerOf(request.headers, 'Wechatpay-Signature'), publicKey),
    ).toBe(true)
  },
)

test('a published refund opens with its key', () => {
  const refund = callbacks.find(({ _id }) => _id === 'sdk.notify.refund.success')
  const { resource } = NotificationEnvelope.parse(JSON.parse(refund?.request.postData?.text ?? ''))

  expect(JSON.parse(open(resource, refund?._apiv3Key ?? '').toString())).toEqual(refund?._resource)
})

/** Callbacks that break the contract, and where; `''` where the resource is of another product. */
const excused: Record<string, string[]> = {
  'doc.notify.payscore.user_paid': ['risk_fund.name', 'collection.state'],
  'doc.notify.payscore.user_confirm': ['state', 'risk_fund.name'],
  'sdk.notify.order.partner': ['total_amount', 'risk_fund.name', 'collection.state'],
  'sdk.notify.order.bank': ['total_amount', 'risk_fund.name'],
  'sdk.notify.payscore.open': [''],
}

test.each(callbacks.filter(({ _resource }) => _resource !== undefined))(
  '$_id fits the contract, but where it is excused',
  ({ _id = '', _event = '', _resource }) => {
    if (!isEventType(_event)) throw new Error(`${_event} is of no row.`)
    const { error } = notifications[_event].resource.safeParse(_resource)

    expect((error?.issues ?? []).map(({ path }) => path.join('.'))).toEqual(excused[_id] ?? [])
  },
)
