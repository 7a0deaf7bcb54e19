import { z } from 'zod'
import type { Endpoint } from './endpoint.ts'
import { documented, observed } from './evidence.ts'
import { field, identifier, rfc3339 } from './fields.ts'

const evidence = documented('openapi')

/** A text sealed with AES-256-GCM under the merchant's APIv3 key. */
export const EncryptCertificate = z.object({
  algorithm: field(z.literal('AEAD_AES_256_GCM'), {
    label: '加密算法类型',
    about: 'name of the cipher',
    evidence,
  }),
  nonce: field(identifier(12), {
    label: '随机串',
    about: 'nonce of the cipher, 12 characters',
    evidence,
  }),
  associated_data: field(z.literal('certificate'), {
    label: '附加数据',
    about: 'additional authenticated data',
    evidence,
  }),
  ciphertext: field(z.string(), {
    label: '数据密文',
    about: 'Base64 of the sealed PEM and the tag',
    evidence,
  }),
})

/** A platform certificate, sealed. */
export const PlatformCertificate = z.object({
  serial_no: field(z.string().regex(/^[0-9A-F]{40}$/), {
    label: '证书序列号',
    about: 'serial number of the certificate, upper-case hex',
    evidence: observed('sdks'),
  }).optional(),
  effective_time: field(rfc3339, {
    label: '证书启用时间',
    about: 'start of validity',
    evidence,
  }).optional(),
  expire_time: field(rfc3339, {
    label: '证书弃用时间',
    about: 'end of validity',
    evidence,
  }).optional(),
  encrypt_certificate: field(EncryptCertificate, {
    label: '证书信息',
    about: 'the sealed certificate',
    evidence,
  }).optional(),
})

/** The answer of `GET /v3/certificates`. */
export const CertificateList = z.object({
  data: field(z.array(PlatformCertificate), {
    label: '平台证书列表',
    about: 'the platform certificates in use, two during a rotation',
    evidence,
  }),
})
export type CertificateList = z.infer<typeof CertificateList>

export const certificateEndpoints = {
  'certificates.list': {
    method: 'GET',
    path: '/v3/certificates',
    mode: 'both',
    summary: 'List the platform certificates, sealed with the APIv3 key.',
    request: {
      query: z.strictObject({
        algorithm_type: field(z.enum(['RSA', 'SM2', 'ALL']), {
          label: '证书算法版本',
          about: 'which certificates to list',
          evidence,
        }).optional(),
      }),
      undeclaredQuery: 'ignored',
    },
    response: { status: 200, body: CertificateList },
    situations: ['certificateUnavailable'],
    sources: ['openapi'],
  },
} as const satisfies Record<string, Endpoint>
