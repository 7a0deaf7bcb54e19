import type { Authorization } from '../protocol/authorization.ts'
import { signedBody } from '../protocol/multipart.ts'
import type { Scene } from './dimension.ts'
import { splitTarget } from './dimensions/path.ts'
import { answerFields, type Content, requestFields } from './draft.ts'
import { fromUtf8 } from './utf8.ts'

type Message = { header: (name: string) => string | undefined; body: Uint8Array }

const layout = { separator: '\n', closings: 1 }

/** The text that this request must be signed with, and what the signer had at hand. */
export const requestScene = (
  { method, target, header, body }: Message & { method: string; target: string },
  { timestamp = '', nonce_str: nonce = '' }: Partial<Authorization>,
  nonces: readonly string[],
): Scene => ({
  truth: {
    ...layout,
    fields: requestFields,
    ...splitTarget(target),
    method,
    origin: '',
    timestamp,
    nonce,
    body: contentOf(signedBody(header('content-type'), body)),
  },
  header,
  sentBody: body,
  // Only the first are looked for beside other mistakes: what is nearest to this request.
  nonces: [...new Set([...noncesIn({ header, body }), ...nonces.toReversed()])],
})

/** The text that this answer must have been signed with. */
export const answerScene = ({ header, body }: Message): Scene => ({
  truth: {
    ...layout,
    fields: answerFields,
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
  nonces: [],
})

// What is longer is taken as bytes: nobody waits for all the ways to write so much text.
const longestText = 32_768

const contentOf = (bytes: Uint8Array): Content =>
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

const noncesIn = ({ header, body }: Message): string[] => [
  ...nonceHeaders.flatMap((name) => header(name) ?? []),
  ...[...Buffer.from(body).toString('latin1', 0, 65_536).matchAll(noncePattern)].flatMap(
    ([, value]) => value ?? [],
  ),
]
