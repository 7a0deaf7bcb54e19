import { z } from 'zod'
import vectors from '../golden/vectors.json' with { type: 'json' }

const entry = { id: z.string(), source: z.string(), provenance: z.enum(['documented', 'sdk']) }
const authorization = z.object({
  mchid: z.string(),
  nonce_str: z.string(),
  signature: z.string(),
  timestamp: z.string(),
  serial_no: z.string(),
})
const request = z.object({
  method: z.string(),
  url: z.string().optional(),
  absolute_url: z.string().optional(),
  timestamp: z.string(),
  nonce: z.string(),
  body: z.string(),
})

/** Vectors that others published; each says where. A kind that no test knows does not parse. */
const Vector = z.discriminatedUnion('kind', [
  z.object({
    ...entry,
    kind: z.literal('request-signing'),
    request: request.optional(),
    message: z.string(),
    private_key: z.string(),
    expected_signature: z.string(),
  }),
  z.object({
    ...entry,
    kind: z.literal('request-message'),
    request,
    expected_message: z.string(),
  }),
  z.object({
    ...entry,
    kind: z.literal('authorization-header'),
    scheme: z.string(),
    members: authorization,
    expected_header: z.string(),
  }),
  z.object({
    ...entry,
    kind: z.literal('response-verification'),
    timestamp: z.string().optional(),
    nonce: z.string().optional(),
    body: z.string().optional(),
    message: z.string().optional(),
    signature: z.string(),
    certificate: z.string().optional(),
    public_key: z.string().optional(),
    expected: z.boolean(),
  }),
  z.object({
    ...entry,
    kind: z.literal('aead-aes-256-gcm'),
    key: z.string(),
    key_bits: z.union([z.literal(128), z.literal(256)]),
    nonce: z.string(),
    associated_data: z.string(),
    ciphertext: z.string(),
    plaintext: z.string().optional(),
    expected: z.enum(['decrypts', 'fails']),
  }),
  z.object({
    ...entry,
    kind: z.literal('rsa-oaep-sha1'),
    private_key: z.string(),
    ciphertext: z.string(),
    plaintext: z.string(),
  }),
  z.object({
    ...entry,
    kind: z.literal('certificate-serial'),
    certificate: z.string(),
    expected_serial: z.string(),
    not_before: z.string(),
    not_after: z.string(),
  }),
])
type Vector = z.infer<typeof Vector>

const all = z.array(Vector).length(54).parse(vectors)

/** The vectors of one kind. */
export const vectorsOf = <K extends Vector['kind']>(kind: K) =>
  all.filter((vector): vector is Extract<Vector, { kind: K }> => vector.kind === kind)
