import { z } from 'zod'
import type { Endpoint } from './endpoint.ts'
import { documented, observed } from './evidence.ts'
import { fieldFrom, identifier, object, rfc3339, strictObject } from './fields.ts'

const fromOpenapi = fieldFrom(documented('openapi'))
const fromSdks = fieldFrom(observed('sdks'))

const serialNo = z.string().regex(/^[0-9A-F]{40}$/)

/** A text sealed with AES-256-GCM under the merchant's APIv3 key. */
export const EncryptCertificate = object(() => ({
  algorithm: fromOpenapi(z.literal('AEAD_AES_256_GCM'), '加密算法类型', 'name of the cipher'),
  nonce: fromOpenapi(identifier(12), '随机串', 'nonce of the cipher, 12 characters'),
  associated_data: fromOpenapi(
    z.literal('certificate'),
    '附加数据',
    'additional authenticated data',
  ),
  ciphertext: fromOpenapi(z.string(), '数据密文', 'Base64 of the sealed PEM and the tag'),
}))

/** A platform certificate, sealed. */
export const PlatformCertificate = object(() => ({
  serial_no: fromSdks(serialNo, '证书序列号', 'its serial number in upper-case hex').optional(),
  effective_time: fromOpenapi(rfc3339, '证书启用时间', 'start of validity').optional(),
  expire_time: fromOpenapi(rfc3339, '证书弃用时间', 'end of validity').optional(),
  encrypt_certificate: fromOpenapi(
    EncryptCertificate,
    '证书信息',
    'the sealed certificate',
  ).optional(),
}))

/** The answer of `GET /v3/certificates`. */
export const CertificateList = object(() => ({
  data: fromOpenapi(
    z.array(PlatformCertificate),
    '平台证书列表',
    'the platform certificates in use, two during a rotation',
  ),
}))
export type CertificateList = z.infer<typeof CertificateList>

export const certificateEndpoints = {
  'certificates.list': {
    method: 'GET',
    path: '/v3/certificates',
    mode: 'both',
    summary: {
      en: 'List the platform certificates, sealed with the APIv3 key.',
      zh: '列出平台证书，内容用 APIv3 密钥加密。',
    },
    request: {
      query: strictObject(() => ({
        algorithm_type: fromOpenapi(
          z.enum(['RSA', 'SM2', 'ALL']),
          '证书算法版本',
          'which certificates to list',
        ).optional(),
      })),
      undeclaredQuery: 'ignored',
    },
    response: { status: 200, body: CertificateList },
    situations: ['certificateUnavailable'],
    sources: ['openapi'],
  },
} as const satisfies Record<string, Endpoint>
