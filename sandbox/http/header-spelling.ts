import { type OutgoingHttpHeader, type OutgoingHttpHeaders, ServerResponse } from 'node:http'

// Fetch headers are lower case; the Java SDK looks these up with case, as WeChat Pay spells them.
const spellings = new Map(
  [
    'Server',
    'Date',
    'Content-Type',
    'Content-Length',
    'Cache-Control',
    'X-Content-Type-Options',
    'Request-ID',
    'Content-Language',
    'Wechatpay-Nonce',
    'Wechatpay-Signature',
    'Wechatpay-Timestamp',
    'Wechatpay-Serial',
    'Wechatpay-Signature-Type',
    'X-Sandbox-Diagnosis',
  ].map((name) => [name.toLowerCase(), name]),
)

export const spelled = (name: string): string => spellings.get(name.toLowerCase()) ?? name

/** Sends header names in WeChat Pay's spelling, whatever the framework made of them. */
export class SpellingResponse extends ServerResponse {
  override writeHead(
    status: number,
    reason?: string | OutgoingHttpHeaders | OutgoingHttpHeader[],
    headers?: OutgoingHttpHeaders | OutgoingHttpHeader[],
  ): this {
    const given = typeof reason === 'object' ? reason : headers
    const record = given === undefined || Array.isArray(given) ? given : respelled(given)

    return typeof reason === 'string'
      ? super.writeHead(status, reason, record)
      : super.writeHead(status, record)
  }
}

const respelled = (headers: OutgoingHttpHeaders): OutgoingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [spelled(name), value]))
