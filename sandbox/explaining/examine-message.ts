import { examineAnswer, examineRequest } from '../../contracts/diagnosis/diagnose.ts'
import type { Findings } from '../../contracts/diagnosis/diagnosis.ts'
import { mistake } from '../../contracts/diagnosis/mistakes.ts'
import { jsonOf } from '../../contracts/json.ts'
import { NotificationEnvelope } from '../../contracts/notifications.ts'
import type { Keys } from './known-keys.ts'
import type { Message } from './message.ts'

type Read = Omit<Message, 'bodies'> & { body: Uint8Array | undefined }

/** Whose signature is to be looked at. */
export const signerOf = ({ bodies, ...message }: Message): 'merchant' | 'platform' =>
  isSignedByMerchant({ ...message, body: bodies[0] }) ? 'merchant' : 'platform'

/** What is wrong with what was pasted: of the ways to read it, the one that explains most is the true one. */
export const examineMessage = (
  { bodies, ...message }: Message,
  known: Keys & { now?: number; effort?: number },
): Findings => {
  const all = bodies.map((body) => examine({ ...message, body }, known))
  for (const verdict of verdicts) {
    const found = all.find((findings) => findings.verdict === verdict)
    if (found) return found
  }
  throw new Error('A message has a body, if an empty one.')
}

const verdicts = ['sound', 'explained', 'unexplained'] as const

const examine = (
  read: Read & { body: Uint8Array },
  { subMchids, ...known }: Keys & { now?: number; effort?: number },
): Findings => {
  const { method, target, header, body, mayBeCut } = read
  if (method === undefined || target === undefined || !isSignedByMerchant(read)) {
    return examineAnswer({ header, body }, known)
  }
  const findings = examineRequest({ method, target, header, body }, { subMchids, ...known })
  if (!mayBeCut || body.length === 0) return findings

  return {
    ...findings,
    mistakes: findings.mistakes.map((each) =>
      each.code === 'lineFeedTooMany' ? mistake('lineFeedTooManyOrCut') : each,
    ),
  }
}

/** What has no method is an answer; what WeChat Pay posts has its signature headers or its envelope. */
const isSignedByMerchant = ({ method, header, body }: Read): boolean => {
  if (method === undefined) return false
  if (header('authorization') !== undefined) return true
  return header('wechatpay-signature') === undefined && !isEnvelope(body)
}

const isEnvelope = (body: Uint8Array = Buffer.alloc(0)): boolean =>
  Envelope.safeParse(jsonOf(body)).success

const Envelope = NotificationEnvelope.pick({ resource_type: true })
