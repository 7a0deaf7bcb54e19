import { endpointsAt, parametersOf } from '../paths.ts'
import type { Authorization } from '../protocol/authorization.ts'
import { signedBody } from '../protocol/multipart.ts'
import { fromUtf8 } from './character-sets.ts'
import type { SignedAnswerEvidence, SignedRequestEvidence } from './diagnosis.ts'
import {
  answerLines,
  type MessageContent,
  type MessageParts,
  requestLines,
  splitTarget,
} from './message-parts.ts'

/** What is at hand when somebody wonders what a signer may have done. */
export type SigningContext = {
  /** The text as it must be signed. */
  expected: MessageParts
  header: (name: string) => string | undefined
  /** The whole body, of which an upload signs one part only. */
  sentBody: Uint8Array
  /** What a signer knows by name, and may have put where it does not belong. */
  known: Readonly<Record<string, readonly string[]>>
  /** Nonces that the signer may have signed instead of the one sent. */
  nonces: readonly string[]
}

const layout = { opening: '', separator: '\n', closings: 1 }

type AtHand = { nonces: readonly string[]; subMchids: readonly string[] }

/** The text that this request must be signed with, and what the signer had at hand. */
export const requestContext = (
  { method, target, header, body }: SignedRequestEvidence,
  { mchid, timestamp = '', nonce_str: nonce = '' }: Partial<Authorization>,
  { nonces, subMchids }: AtHand,
): SigningContext => ({
  expected: {
    ...layout,
    lines: requestLines,
    ...splitTarget(target),
    method,
    origin: '',
    timestamp,
    nonce,
    body: contentOf(signedBody(header('content-type'), body)),
  },
  header,
  sentBody: body,
  known: { ...namedIn(target), ...(mchid && { mchid: [mchid] }), sub_mchid: subMchids },
  // Only the first are looked for beside other mistakes: what is nearest to this request.
  nonces: [...new Set([...noncesIn({ header, body }), ...nonces.toReversed()])],
})

/** The text that this answer must have been signed with. */
export const answerContext = ({ header, body }: SignedAnswerEvidence): SigningContext => ({
  expected: {
    ...layout,
    lines: answerLines,
    method: '',
    origin: '',
    path: '',
    query: '',
    timestamp: header('wechatpay-timestamp') ?? '',
    nonce: header('wechatpay-nonce') ?? '',
    body: contentOf(body),
  },
  header,
  sentBody: body,
  known: {},
  nonces: [],
})

/** The parameters of a target by their names. */
const namedIn = (target: string): Record<string, string[]> => {
  const { path, query } = splitTarget(target)
  const parameters = [
    ...endpointsAt(path).flatMap((row) => Object.entries(parametersOf(row.path, path) ?? {})),
    ...new URLSearchParams(query),
  ]
  return Object.fromEntries(parameters.map(([name, value]) => [name, [value]]))
}

// What is longer is taken as bytes: nobody waits for all the ways to write so much text.
const longestText = 32_768

const contentOf = (bytes: Uint8Array): MessageContent =>
  (bytes.length > longestText ? undefined : fromUtf8(bytes)) ?? bytes

const nonceHeaders = [
  'nonce',
  'x-nonce',
  'x-nonce-str',
  'wechatpay-nonce',
  'request-id',
  'x-request-id',
]
const noncePattern = /"nonce_?str"\s*:\s*"([^"]{1,128})"/gi

const noncesIn = ({ header, body }: SignedAnswerEvidence): string[] => [
  ...nonceHeaders.flatMap((name) => header(name) ?? []),
  ...[...Buffer.from(body).toString('latin1', 0, 65_536).matchAll(noncePattern)].flatMap(
    ([, value]) => value ?? [],
  ),
]
