/**
 * A proxy before a sandbox that says otherwise. It holds the keys of both sides, so that what it
 * changes is signed as if nobody had.
 */
import { createPrivateKey, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { isPublicKeyId } from '../../contracts/protocol/certificate.ts'
import { answerMessage } from '../../contracts/protocol/message.ts'
import { signMessage } from '../../contracts/protocol/signature.ts'
import type { Sandbox } from '../../sandbox/sandbox.ts'
import type { SendRaw } from '../../sandbox/verifying/raw-send.ts'
import { authorizationFor } from '../support/signer.ts'

/** `body` is the parsed JSON, `undefined` where there is none. */
type Asked = { method: string; target: string; body: unknown }
/** As it came: the letters of the body, and how long ago it was signed, in seconds. */
type AsSent = Asked & { text: string; age: number }
export type Answered = { status: number; headers: Headers; body: unknown }

export type Forgery = {
  /** Refuses what has a right signature as if it had none. */
  refuses?(asked: AsSent): boolean
  /** What is asked instead; it is signed anew, whatever the signature was. */
  ask?(asked: Asked): Partial<Asked>
  /** What is answered instead; it is signed anew where it was signed. */
  answer?(answered: Answered, asked: Asked): Partial<Answered>
  /** Changes headers once everything is signed. */
  headers?(headers: Headers, answered: Answered): void
  /** How old the signatures are, in seconds. */
  age?: number
  /** Signs what must not be signed as well. */
  signsAll?: true
}

export const forging = (
  { fetch, credentials }: Pick<Sandbox, 'fetch' | 'credentials'>,
  { refuses, ask, answer = () => ({}), headers: change = () => {}, age = 0, signsAll }: Forgery,
): SendRaw => {
  const keyIn = (name: string) =>
    createPrivateKey(readFileSync(join(inject('credentials'), 'private', name)))
  const certificateKey = keyIn('wechatpay_key.pem')
  const publicKeyPrivate = keyIn('pub_key_private.pem')

  const sign = async (headers: Headers, body: string) => {
    const serial = headers.get('Wechatpay-Serial') ?? credentials.platformSerial
    const timestamp = String(Math.floor(Date.now() / 1000) - age)
    const nonce = randomBytes(16).toString('hex')
    const message = answerMessage({ timestamp, nonce, body: Buffer.from(body) })
    const key = isPublicKeyId(serial) ? publicKeyPrivate : certificateKey

    headers.set('Wechatpay-Serial', serial)
    headers.set('Wechatpay-Timestamp', timestamp)
    headers.set('Wechatpay-Nonce', nonce)
    headers.set('Wechatpay-Signature', await signMessage(message, key))
  }

  const forwarded = (request: Request, text: string): Request => {
    const { origin, pathname, search } = new URL(request.url)
    const headers = new Headers(request.headers)
    let target = pathname + search
    let body = text
    if (ask) {
      const { method } = request
      const changed = ask({ method, target, body: parsed(text) })
      target = changed.target ?? target
      body = changed.body === undefined ? text : JSON.stringify(changed.body)
      headers.set('Authorization', authorizationFor(credentials, { method, target, body }))
    }

    return new Request(origin + target, { method: request.method, headers, ...(body && { body }) })
  }

  return async (request) => {
    const text = await request.text()
    const { pathname, search } = new URL(request.url)
    const asked = { method: request.method, target: pathname + search, body: parsed(text) }
    if (refuses?.({ ...asked, text, age: ageOf(request) }))
      return new Response(null, { status: 401 })
    const response = await fetch(forwarded(request, text))
    const genuine = await response.text()
    const answered = {
      status: response.status,
      headers: new Headers(response.headers),
      body: parsed(genuine),
    }

    const changed = answer(answered, asked)
    const { status, headers, body } = { ...answered, ...changed }
    const sent = 'body' in changed ? unparsed(body) : genuine
    const isChanged = age > 0 || Object.keys(changed).length > 0
    if (signsAll || (isChanged && headers.has('Wechatpay-Signature'))) await sign(headers, sent)
    change(headers, { status, headers, body })
    return new Response(sent || null, { status, headers })
  }
}

const ageOf = ({ headers }: Request): number => {
  const [, timestamp] = /timestamp="(\d+)"/.exec(headers.get('Authorization') ?? '') ?? []
  return Math.floor(Date.now() / 1000) - Number(timestamp)
}

const parsed = (text: string): unknown => (text === '' ? undefined : JSON.parse(text))

const unparsed = (body: unknown): string => (body === undefined ? '' : JSON.stringify(body))
