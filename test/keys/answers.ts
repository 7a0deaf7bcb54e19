/** Answers looked at with plain node:crypto: who signed them, and what /v3/certificates holds. */
import { createDecipheriv, createPublicKey, createVerify, X509Certificate } from 'node:crypto'
import type { startSandbox } from '../support/sandbox.ts'
import { authorizationFor } from '../support/signer.ts'

type Started = Pick<Awaited<ReturnType<typeof startSandbox>>, 'url' | 'credentials'>

export const planTarget =
  '/v3/payscore/plan/partner/payscore-plans/merchant-plan-no/BADMINTON2026?sub_mchid=1900000109'

export const ask = async (
  { url, credentials }: Started,
  { target = '/v3/certificates', wanted }: { target?: string; wanted?: string } = {},
) => {
  const answer = await fetch(`${url}${target}`, {
    headers: {
      Authorization: authorizationFor(credentials, { target }),
      'Accept-Language': 'zh-CN',
      ...(wanted !== undefined && { 'Wechatpay-Serial': wanted }),
    },
  })
  const body = await answer.text()
  const serial = answer.headers.get('Wechatpay-Serial') ?? ''

  return { status: answer.status, headers: answer.headers, body, serial }
}

type Signed = { headers: Headers | Readonly<Record<string, string>>; body: string }

/** Whether the PEM of a certificate or public key verifies what was signed. */
export const isSignedBy = ({ headers, body }: Signed, pem: string): boolean => {
  const all = new Headers(headers)
  const read = (name: string) => all.get(`Wechatpay-${name}`) ?? ''
  const key = pem.includes('CERTIFICATE')
    ? new X509Certificate(pem).publicKey
    : createPublicKey(pem)

  return createVerify('RSA-SHA256')
    .update(`${read('Timestamp')}\n${read('Nonce')}\n${body}\n`)
    .verify(key, read('Signature'), 'base64')
}

type Row = {
  serial_no: string
  encrypt_certificate: { ciphertext: string; nonce: string; associated_data: string }
}

/** The certificates of the answer, by serial number. */
export const certificatesIn = (body: string, apiv3Key: string): Map<string, string> => {
  const { data }: { data: Row[] } = JSON.parse(body)

  return new Map(
    data.map(({ serial_no, encrypt_certificate: { ciphertext, nonce, associated_data } }) => {
      const sealed = Buffer.from(ciphertext, 'base64')
      const decipher = createDecipheriv('aes-256-gcm', apiv3Key, nonce)
      decipher.setAAD(Buffer.from(associated_data))
      decipher.setAuthTag(sealed.subarray(-16))
      const pem = decipher.update(sealed.subarray(0, -16), undefined, 'utf8') + decipher.final()
      return [serial_no, pem]
    }),
  )
}
