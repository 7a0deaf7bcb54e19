/**
 * What is wrong with the parameters that open the cashier: the same proof as of a request, over the
 * few texts that known mistakes sign.
 * @module
 */
import {
  type CashierRefusal,
  type Client,
  cashierTexts,
  cashierWords,
  productOf,
} from '../cashier.ts'
import { invocationMessage, type SignedInvocation } from '../protocol/message.ts'
import { verifySignature } from '../protocol/signature.ts'
import { fill, list, type Sentence } from '../texts.ts'
import type { Product } from '../transactions.ts'
import { type KnownKey, nameOf } from './identity.ts'
import { signatureFormsOf } from './signature-form.ts'
import { invocationTexts } from './texts/invocation.ts'

type Parameters = Readonly<Record<string, unknown>>

/** What a front end hands to WeChat, as it is. */
export type Invocation = { client: Client; parameters: Parameters }

/** The names that each client gives; Android spells those of an app in camel case. */
const names = {
  page: {
    appid: ['appId'],
    timestamp: ['timeStamp'],
    nonce: ['nonceStr'],
    prepay: ['package'],
    signature: ['paySign'],
  },
  app: {
    appid: ['appid', 'appId'],
    timestamp: ['timestamp', 'timeStamp'],
    nonce: ['noncestr', 'nonceStr'],
    prepay: ['prepayid', 'prepayId'],
    signature: ['sign'],
  },
} as const

/** What WeChat reads out of the parameters, and what is wrong with their form. */
type ReadInvocation = SignedInvocation & {
  signature: string
  prepay_id: string
  problems: readonly Sentence[]
}

const prefix = 'prepay_id='

/** Which order is to be paid. */
export const prepayIdOf = (invocation: Invocation): string =>
  readInvocation(invocation, '').prepay_id

/** Reads the parameters; a mini program hands over no appId, so that of the order is taken. */
const readInvocation = ({ client, parameters }: Invocation, ownAppid: string): ReadInvocation => {
  const problems: Sentence[] = []
  const known = names[client === 'app' ? 'app' : 'page']
  const given = (spellings: readonly string[]) => spellings.find((name) => name in parameters)
  const read = (spellings: readonly [string, ...string[]]) => {
    const [usual] = spellings
    const name = given(spellings) ?? usual
    const value = parameters[name]
    if (value === undefined || value === '') problems.push(fill(invocationTexts.missing, { name }))
    else if (typeof value !== 'string') {
      problems.push(fill(invocationTexts.notText, { name, sent: JSON.stringify(value) }))
    }
    return value === undefined ? '' : String(value)
  }
  const must = (spellings: readonly [string, ...string[]], wanted: string) => {
    const [name] = spellings
    const sent = parameters[given(spellings) ?? name]
    if (sent === wanted) return
    problems.push(
      sent === undefined
        ? fill(invocationTexts.missing, { name })
        : fill(invocationTexts.valueOther, { name, sent: String(sent), wanted }),
    )
  }

  const appid = client === 'miniProgram' ? ownAppid : read(known.appid)
  const timestamp = read(known.timestamp)
  if (/^\d{13}$/.test(timestamp)) {
    const [name] = known.timestamp
    problems.push(fill(invocationTexts.milliseconds, { name, sent: timestamp }))
  }
  const nonce = read(known.nonce)
  const prepay = read(known.prepay)
  if (client === 'app') must(['package', 'packageValue'], 'Sign=WXPay')
  else must(['signType'], 'RSA')
  const isBare = client !== 'app' && prepay !== '' && !prepay.startsWith(prefix)
  if (isBare) problems.push(invocationTexts.packageBare)
  const prepay_id = client === 'app' || isBare ? prepay : prepay.slice(prefix.length)

  return { appid, timestamp, nonce, prepay, signature: read(known.signature), prepay_id, problems }
}

type Knowledge = {
  /** Of the merchant who ordered first. */
  keys: readonly KnownKey[]
  /** The secrets of API v2. */
  apiKeys: readonly string[]
  /** The apps that may have been signed for. */
  appids: readonly string[]
}

/** Why the signature does not fit; nothing when it does. */
const signatureProblems = (read: ReadInvocation, knowledge: Knowledge): Sentence[] => {
  const [own] = knowledge.keys
  const { signature } = read
  if (own && verifySignature(invocationMessage(read), signature, own.publicKey)) return []

  const forms = signatureFormsOf(signature, knowledge.keys, knowledge.apiKeys)
  const signer = forms.find(({ key }) => key)?.key
  const problems =
    signer && signer !== own ? [fill(invocationTexts.keyOther, { key: nameOf(signer) })] : []
  for (const { message, mistakes } of candidates(read, knowledge.appids)) {
    if (forms.some(({ fits }) => fits(message))) return [...problems, ...mistakes]
  }
  if (!signer) return [...problems, invocationTexts.keyUnknown]
  const lines = list([read.appid, read.timestamp, read.nonce, read.prepay])

  return [...problems, fill(invocationTexts.textUnknown, { lines })]
}

/** The order of the prepay_id, and why the cashier would not open for it by itself. */
type Ordered = { product: Product; refusal: CashierRefusal | undefined }

/** What the cashier shows instead of opening, and everything that is wrong with the parameters. */
export const examineInvocation = (
  invocation: Invocation,
  { order, ...knowledge }: Knowledge & { order: Ordered | undefined },
): { shown?: string; problems: readonly Sentence[] } => {
  const { appids } = knowledge
  const read = readInvocation(invocation, appids[0] ?? '')
  const unsigned = signatureProblems(read, knowledge)
  const refusal = (): CashierRefusal | undefined => {
    if (!order) return 'handleUnknown'
    if (order.product !== productOf[invocation.client]) return 'productOther'
    if (!appids.includes(read.appid)) return 'appOther'
    return unsigned.length > 0 ? 'signatureWrong' : order.refusal
  }
  const refused = refusal()
  const problems = [...read.problems, ...unsigned]
  if (!refused) return { problems }

  const shown = cashierWords[refused]
  const why = fill(cashierTexts.shows, { shown, why: cashierTexts[refused] })
  return { shown, problems: [why, ...problems] }
}

type Candidate = { message: Buffer; mistakes: readonly Sentence[] }

/** The texts that known mistakes sign, the right one first. */
const candidates = (read: ReadInvocation, appids: readonly string[]): Candidate[] => {
  const { appid, timestamp, nonce, prepay, prepay_id } = read
  const differing = (line: number, wanted: string, others: readonly string[]) => [
    { value: wanted, mistakes: [] },
    ...[...new Set(others)]
      .filter((value) => value !== wanted)
      .map((value) => ({
        value,
        mistakes: [fill(invocationTexts.lineOther, { line, signed: value, wanted })],
      })),
  ]
  const times = [`${timestamp}000`, timestamp.slice(0, 10)]
  const ids = [prepay_id, `${prefix}${prepay_id}`, 'Sign=WXPay', `"${prefix}${prepay_id}"`]
  const lines = differing(1, appid, appids).flatMap((one) =>
    differing(2, timestamp, times).flatMap((two) =>
      differing(4, prepay, ids).map((four) => ({
        message: invocationMessage({
          appid: one.value,
          timestamp: two.value,
          nonce,
          prepay: four.value,
        }),
        mistakes: [...one.mistakes, ...two.mistakes, ...four.mistakes],
      })),
    ),
  )
  const older = ['MD5', 'HMAC-SHA256', 'RSA'].map((signType) => ({
    message: Buffer.from(
      `appId=${appid}&nonceStr=${nonce}&package=${prepay}&signType=${signType}&timeStamp=${timestamp}`,
    ),
    mistakes: [invocationTexts.olderScheme],
  }))

  return [
    ...lines,
    ...lines.map(({ message, mistakes }) => ({
      message: message.subarray(0, -1),
      mistakes: [...mistakes, invocationTexts.lineFeedMissing],
    })),
    ...older,
  ]
}
