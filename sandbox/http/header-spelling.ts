import { type OutgoingHttpHeader, type OutgoingHttpHeaders, ServerResponse } from 'node:http'

const spellings = new Map(
  ['Content-Type', 'Content-Length', 'Cache-Control', 'X-Content-Type-Options'].map((name) => [
    name.toLowerCase(),
    name,
  ]),
)

/** Spells the headers of what comes as a Response; answers that are written bring their own spelling. */
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
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      spellings.get(name.toLowerCase()) ?? name,
      value,
    ]),
  )
