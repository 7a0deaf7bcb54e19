import { SentenceError } from '../../contracts/texts.ts'

/** What was pasted, whatever it was written as: a request, or a signed answer or callback. */
export type Message = {
  /** None of an answer. */
  method?: string
  target?: string
  header: (name: string) => string | undefined
  /** What the body may have been, the likeliest first: a paste can add a line feed. */
  bodies: readonly Uint8Array[]
  /** Nothing tells where the body ends: its last line end may be lost. */
  mayBeCut?: boolean
}

type Headers = Iterable<readonly [name: string, value: string]>

/** Looks headers up in any spelling, also as CGI hands them on: `HTTP_WECHATPAY_NONCE`. */
export const headersOf = (pairs: Headers): Message['header'] => {
  const values = new Map([...pairs].map(([name, value]) => [plainName(name), value]))
  return (name) => values.get(name.toLowerCase())
}

const plainName = (name: string): string => {
  const lower = name.toLowerCase()
  return /^(?:http|wechatpay|content|request)_/.test(lower)
    ? lower.replace(/^http_/, '').replaceAll('_', '-')
    : lower
}

const splitPattern = /^(?:[a-z]+:\/\/|(?=localhost[/?#]|[^/?#]*[.:]))([^/?#]*)([^#]*)/i

/** Path and query of a URL that may have a host, as they are written; the host beside them. */
export const splitUrl = (url: string): { target: string; host?: string } => {
  const [, host, rest] = splitPattern.exec(url) ?? []
  if (host === undefined || rest === undefined) return { target: url }

  return { host, target: rest.startsWith('/') ? rest : `/${rest}` }
}

/** Something pasted cannot be taken; `sentence` says why. */
export class UnreadableError extends SentenceError {
  override readonly name = 'UnreadableError'
}
