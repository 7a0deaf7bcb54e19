/**
 * What is wrong with a signature that does not match. The public key gives away which digest was
 * signed; the texts that known mistakes produce are held against it, and what fits is proof.
 * @module
 */
import { createPublicKey } from 'node:crypto'
import { jsonOf } from '../json.ts'
import { endpointsAt } from '../paths.ts'
import { sameSerial } from '../protocol/certificate.ts'
import { partsOf } from '../protocol/multipart.ts'
import { allowedSkew, probePrefix } from '../protocol/signature.ts'
import { replayKey } from '../replay/replay-key.ts'
import { type Language, list } from '../texts.ts'
import { readAuthorization } from './authorization-reading.ts'
import { conclude } from './conclusion.ts'
import {
  type Diagnosis,
  diagnosisIn,
  type Findings,
  type Knowledge,
  type SignedAnswerEvidence,
  type SignedRequestEvidence,
} from './diagnosis.ts'
import { identityMistakes, type KnownKey, nameOf } from './identity.ts'
import { splitTarget } from './message-parts.ts'
import { answerFamilies, requestFamilies } from './mistake-families.ts'
import { type Finding, mistake, printable } from './mistakes.ts'
import { investigate } from './search.ts'
import { answerContext, requestContext } from './signing-context.ts'

export type { Diagnosis, SignedAnswerEvidence, SignedRequestEvidence } from './diagnosis.ts'
export type { KeyOwner, KnownKey } from './identity.ts'

const defaultBudget = 150_000

/** The key that the documentation prints, under the names that it prints it with. */
const exampleKey: KnownKey = {
  owner: 'replay',
  id: '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB',
  mchid: '1900007291',
  publicKey: createPublicKey(replayKey.publicKey),
}

type Reader = { language?: Language }

type RequestKnowledge = Knowledge & { subMchids?: readonly string[] }

/** What is wrong with the signature of a request, as far as it can be proven; in English by default. */
export const diagnoseRequest = (
  request: SignedRequestEvidence,
  { language = 'en', ...knowledge }: RequestKnowledge & Reader,
): Diagnosis => diagnosisIn(examineRequest(request, knowledge), language)

/** The same as `diagnoseRequest`, for a reader who is not known yet. */
export const examineRequest = (
  request: SignedRequestEvidence,
  { subMchids = [], ...knowledge }: RequestKnowledge,
): Findings => {
  const { keys, apiKeys = [], nonces = [], effort: budget = defaultBudget, now } = knowledge
  const { members, mistakes: formal } = readAuthorization(request.header('authorization'))
  const mistakes = [
    ...formal,
    ...ageMistakes(ageOf(members.timestamp, now)),
    ...uploadMistakes(request),
  ]
  const { signature } = members
  if (!signature) return { verdict: 'explained', mistakes, facts: [] }

  const context = requestContext(request, members, { nonces, subMchids })
  const found = investigate({
    context,
    families: requestFamilies,
    signature,
    keys: [...keys, exampleKey],
    apiKeys,
    budget,
  })
  const signer = found.form?.key
  const identity = signer ? identityMistakes({ signer, members, keys, subMchids }) : []

  const findings = conclude(found, context.expected, [...mistakes, ...identity])

  return findings.verdict === 'unexplained'
    ? { ...findings, mistakes: [...findings.mistakes, ...circumstances(request)] }
    : findings
}

/** What is certain about the body that came, though what was signed cannot be computed from it. */
const circumstances = ({ method, target, header, body }: SignedRequestEvidence): Finding[] => {
  const { path } = splitTarget(target)
  const endpoint = endpointsAt(path).find((each) => each.method === method)
  if (!endpoint?.request.body) return []
  if (body.length === 0) {
    return endpoint.request.bodyMayBeAbsent
      ? []
      : [mistake('bodyAbsent', { sent: `${method} ${printable(path)}` })]
  }
  if (/\b(?:gzip|deflate|br)\b/i.test(header('content-encoding') ?? '')) {
    return [mistake('bodyStillCompressed')]
  }
  if (jsonOf(body) !== undefined) return []
  const text = Buffer.from(body).toString().trim()

  return /^[[{]/.test(text) && !/[\]}]$/.test(text)
    ? [mistake('bodyCutOff', { sent: body.length })]
    : [mistake('bodyOfOtherType', { sent: printable(text.slice(0, 20)) })]
}

/** In seconds; 0 where it cannot be judged. */
const ageOf = (timestamp: string | undefined, now: number | undefined): number =>
  now === undefined || !timestamp || !/^\d{1,12}$/.test(timestamp)
    ? 0
    : Math.floor(now / 1000) - Number(timestamp)

const ageMistakes = (age: number): Finding[] => {
  if (Math.abs(age) <= allowedSkew) return []
  return [mistake(age > 0 ? 'timestampTooOld' : 'timestampInFuture', { sent: `${Math.abs(age)}` })]
}

const uploadMistakes = ({ header, body }: SignedRequestEvidence): Finding[] => {
  const parts = partsOf(header('content-type'), body)
  const isWhole = parts.length === 0 || parts.some(({ name }) => name === 'meta')

  return isWhole ? [] : [mistake('uploadMetaMissing')]
}

const signatureHeaders = ['Timestamp', 'Nonce', 'Signature', 'Serial'].map(
  (name) => `Wechatpay-${name}`,
)

/**
 * What is wrong with the signature of an answer or a callback, seen by the merchant who got it; in
 * English by default.
 */
export const diagnoseAnswer = (
  answer: SignedAnswerEvidence,
  { language = 'en', ...knowledge }: Knowledge & Reader,
): Diagnosis => diagnosisIn(examineAnswer(answer, knowledge), language)

/** The same as `diagnoseAnswer`, for a reader who is not known yet. */
export const examineAnswer = (answer: SignedAnswerEvidence, knowledge: Knowledge): Findings => {
  const { keys, effort: budget = defaultBudget, now } = knowledge
  const absent = signatureHeaders.filter((name) => !answer.header(name.toLowerCase()))
  const missing = absent.length > 0 ? [mistake('answerHeadersMissing', { sent: list(absent) })] : []
  const signature = answer.header('wechatpay-signature')
  if (!signature) return { verdict: 'explained', mistakes: missing, facts: [] }
  if (signature.startsWith(probePrefix)) {
    return { verdict: 'explained', mistakes: [mistake('answerProbe')], facts: [] }
  }

  const context = answerContext(answer)
  const found = investigate({ context, families: answerFamilies, signature, keys, budget })
  const serial = answer.header('wechatpay-serial')
  const mistakes = [
    ...missing,
    ...staleMistakes(ageOf(context.expected.timestamp, now)),
    ...namingMistakes(serial, { keys, signer: found.form?.key }),
  ]

  return conclude(found, context.expected, mistakes)
}

const staleMistakes = (age: number): Finding[] =>
  Math.abs(age) <= allowedSkew ? [] : [mistake('answerTimestampOff', { sent: `${Math.abs(age)}` })]

type Named = { keys: readonly KnownKey[]; signer: KnownKey | undefined }

const namingMistakes = (serial: string | undefined, { keys, signer }: Named): Finding[] => {
  if (!serial) return []
  const named = keys.find(({ id }) => id !== undefined && sameSerial(id, serial))
  const sent = printable(serial)
  if (signer?.id !== undefined && !sameSerial(signer.id, serial)) {
    return [mistake('answerSerialOther', { sent, signed: nameOf(signer) })]
  }

  return signer || named ? [] : [mistake('answerSerialUnknown', { sent })]
}
