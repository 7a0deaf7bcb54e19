/** One flaw each, made anew for each merchant, and the checks that it explains. */
import { X509Certificate } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { ConfirmedOrder, NotificationEnvelope, PaidOrder } from '../../contracts/notifications.ts'
import { open } from '../../contracts/protocol/cipher.ts'
import { answerMessage } from '../../contracts/protocol/message.ts'
import { verifySignature } from '../../contracts/protocol/signature.ts'
import {
  type Event,
  failure,
  type Parts,
  type Received,
  sound,
  success,
} from './sample-merchant.ts'

type Flawed = {
  name: string
  flaw: () => Partial<Parts>
  findings: readonly string[]
  query?: string
  /** How long the receiver may take, in milliseconds. */
  limit?: number
}

const unverified = ({ body }: Received, apiv3Key: string): Event => {
  const { event_type, resource } = NotificationEnvelope.parse(JSON.parse(body))
  const text = open(resource, apiv3Key).toString()
  const schema = event_type === 'PAYSCORE.USER_PAID' ? PaidOrder : ConfirmedOrder

  return { event_type, resource: schema.parse(JSON.parse(text)) }
}

const signatureOf = ({ headers }: Received) => String(headers['wechatpay-signature'])

/** Whether the signature fits, however old it is. */
const isWellSigned = (received: Received, certificate: string) => {
  const { headers, body } = received
  const message = answerMessage({
    timestamp: String(headers['wechatpay-timestamp']),
    nonce: String(headers['wechatpay-nonce']),
    body: Buffer.from(body),
  })
  const { publicKey } = new X509Certificate(certificate)
  return verifySignature(message, signatureOf(received), publicKey)
}

const isBase64 = (text: string) => Buffer.from(text, 'base64').toString('base64') === text

export const flaws: readonly Flawed[] = [
  {
    name: 'accepts without verifying',
    flaw: () => ({ open: async (received, { apiv3Key }) => unverified(received, apiv3Key) }),
    findings: ['G2', 'G4', '5'],
  },
  {
    name: 'does not verify what is signed under an unknown serial',
    flaw: () => ({
      open: async (received, merchant) =>
        received.headers['wechatpay-serial'] === merchant.platformSerial
          ? sound.open(received, merchant)
          : unverified(received, merchant.apiv3Key),
    }),
    findings: ['G2'],
  },
  {
    name: 'does not look at the timestamp',
    flaw: () => ({
      open: (received, merchant) =>
        sound.open(received, merchant).catch((error: unknown) => {
          if (isWellSigned(received, merchant.platformCertificate)) {
            return unverified(received, merchant.apiv3Key)
          }
          throw error
        }),
    }),
    findings: ['G2'],
  },
  {
    name: 'refuses whatever is genuine about its own orders',
    flaw: () => ({ handle: () => failure(500) }),
    findings: ['G2'],
  },
  {
    name: 'hangs up on whatever is genuine about its own orders',
    flaw: () => ({ handle: () => 'hang up' }),
    findings: ['G2'],
  },
  {
    name: 'verifies the body as it serialises it again',
    flaw: () => ({
      open: ({ headers, body }, merchant) =>
        sound.open({ headers, body: JSON.stringify(JSON.parse(body)) }, merchant),
    }),
    findings: ['G2'],
  },
  {
    name: 'answers 200 {"code":"FAIL"} to a bad signature',
    flaw: () => ({ refuse: () => failure(200) }),
    findings: ['G2', 'G4'],
  },
  {
    name: 'accepts what begins like a signature probe',
    flaw: () => ({
      around: async (received, next) =>
        signatureOf(received).startsWith('WECHATPAY/SIGNTEST/') ? success : next(),
    }),
    findings: ['G4'],
  },
  {
    name: 'refuses signature probes in another way',
    flaw: () => ({
      around: async (received, next) =>
        signatureOf(received).startsWith('WECHATPAY/SIGNTEST/') ? failure(403) : next(),
    }),
    findings: ['G4'],
  },
  {
    name: 'hangs up on a signature that is no Base64',
    flaw: () => ({
      around: async (received, next) => {
        const signature = received.headers['wechatpay-signature']
        return signature === undefined || isBase64(String(signature)) ? next() : 'hang up'
      },
    }),
    findings: ['G4'],
  },
  {
    name: 'fails on repetitions',
    flaw: () => ({
      handle: (event_type, account) =>
        account.handled.has(event_type) ? failure(500) : sound.handle(event_type, account),
    }),
    findings: ['G3', '6'],
  },
  {
    name: 'fails on repetitions at the same time',
    flaw: () => ({
      handle: async (event_type, account) => {
        if (account.handled.has(event_type)) return success
        await wait(20)
        return account.handled.has(event_type) ? failure(500) : sound.handle(event_type, account)
      },
    }),
    findings: ['G3'],
  },
  {
    name: 'does not look at sub_mchid',
    flaw: () => ({ keyOf: ({ out_order_no }) => out_order_no }),
    findings: ['1'],
  },
  {
    name: 'does not compare amounts',
    flaw: () => ({ isRightAmount: () => true }),
    findings: ['25'],
  },
  {
    name: 'does not compare amounts, and fails while it wakes up',
    flaw: () => {
      let failuresLeft = 1
      return {
        isRightAmount: () => true,
        handle: (event_type, account) =>
          failuresLeft-- > 0 ? failure(500) : sound.handle(event_type, account),
      }
    },
    findings: ['25'],
  },
  {
    name: 'opens before it verifies, and says so by another status',
    flaw: () => ({
      open: async (received, merchant) => {
        unverified(received, merchant.apiv3Key)
        return sound.open(received, merchant)
      },
    }),
    findings: ['5'],
  },
  {
    name: 'opens before it verifies, and says so in words',
    flaw: () => ({
      open: async (received, merchant) => {
        unverified(received, merchant.apiv3Key)
        return sound.open(received, merchant)
      },
      refuse: (error) => failure(401, error instanceof Error ? error.message : ''),
    }),
    findings: ['5'],
  },
  {
    name: 'takes longer than it may, once',
    flaw: () => {
      let slowLeft = 1
      return {
        handle: async (event_type, account) => {
          if (event_type === 'PAYSCORE.USER_CONFIRM' && slowLeft-- > 0) await wait(1000)
          return sound.handle(event_type, account)
        },
      }
    },
    limit: 500,
    findings: ['24'],
  },
  {
    name: 'has a notify_url with a query',
    flaw: () => ({}),
    query: '?merchant=1',
    findings: ['23'],
  },
  {
    name: 'refuses USER_PAID before USER_CONFIRM',
    flaw: () => ({
      handle: (event_type, account) =>
        event_type === 'PAYSCORE.USER_PAID' && !account.handled.has('PAYSCORE.USER_CONFIRM')
          ? failure(500)
          : sound.handle(event_type, account),
    }),
    findings: ['6'],
  },
  {
    name: 'refuses USER_CONFIRM after USER_PAID',
    flaw: () => ({
      handle: (event_type, account) =>
        event_type === 'PAYSCORE.USER_CONFIRM' && account.handled.has('PAYSCORE.USER_PAID')
          ? failure(500)
          : sound.handle(event_type, account),
    }),
    findings: ['6'],
  },
]
