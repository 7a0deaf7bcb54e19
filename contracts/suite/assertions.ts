/**
 * What is asserted of many answers.
 * @module
 */

import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import type { Endpoint } from '../endpoint.ts'
import { type EndpointId, endpoints } from '../endpoints.ts'
import { type ErrorDetail, errors, type Situation } from '../errors.ts'
import { documented, type Evidence, observed } from '../evidence.ts'
import { isObject, memberOf } from '../json.ts'
import { fillTemplate } from '../paths.ts'
import type { Assertion, CallAnswer, CallRequest, Finding } from './interaction.ts'

export const is = (expected: unknown, got: unknown): Finding => ({
  held: isDeepStrictEqual(expected, got),
  expected,
  got,
})

export const matches = (expected: RegExp, got: unknown): Finding => ({
  held: typeof got === 'string' && expected.test(got),
  expected,
  got,
})

/** What lies under these keys; `undefined` where there is nothing. */
export const valueAt = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>(memberOf, value)

/** Expected of a text that is not set: pages leave it out, the one query that was shown has it empty. */
export const unset = { text: 'empty or absent' } as const

/** Whether what was got has what is expected: objects may have more, texts may match a pattern. */
const fits = (expected: unknown, got: unknown): boolean => {
  if (expected === unset) return got === undefined || got === ''
  if (expected instanceof RegExp) return typeof got === 'string' && expected.test(got)
  if (!isObject(expected)) return isDeepStrictEqual(expected, got)
  if (Array.isArray(expected) && !(Array.isArray(got) && got.length === expected.length)) {
    return false
  }
  return Object.entries(expected).every(([name, value]) => fits(value, valueAt(got, name)))
}

/** The headers that make a message a signed one. */
export const signatureHeaders = ['Nonce', 'Signature', 'Serial', 'Signature-Type', 'Timestamp'].map(
  (name) => `Wechatpay-${name}`,
)

/** Some SDKs look a header up in just this spelling; who does not see the wire cannot tell. */
export const spells = (
  names: readonly string[],
  { rawHeaders }: Pick<CallAnswer, 'rawHeaders'>,
): Finding => {
  if (!rawHeaders) return { held: true, expected: names, got: 'not seen', notSeen: true }
  return is(
    names,
    names.filter((name) => rawHeaders.some((each, index) => index % 2 === 0 && each === name)),
  )
}

/** Whether what was got has what is expected, and perhaps more. */
export const includes = (expected: unknown, got: unknown): Finding => ({
  held: fits(expected, got),
  expected,
  got,
})

export const answers = (status: number, evidence: Evidence): Assertion => ({
  says: `answers ${status}`,
  evidence,
  check: ({ answer }) => is(status, answer.status),
})

const signed = (evidence: Evidence): Assertion => ({
  says: 'is signed',
  evidence,
  check: ({ answer }) => is(true, answer.trusted),
})

export const unsigned: Assertion = {
  says: 'is not signed',
  evidence: observed('probe'),
  check: ({ answer }) => is(false, answer.trusted),
}

export const bodiless = (evidence: Evidence): Assertion => ({
  says: 'has no body',
  evidence,
  check: ({ answer }) => is(undefined, answer.body),
})

/** What a schema complains of, a line each. */
export const issuesOf = (error: z.ZodError | undefined): string[] =>
  (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`)

const requestId = (pattern: RegExp): Assertion => ({
  says: 'ends its Request-ID with a number, 0 for success',
  evidence: documented('skills'),
  check: ({ answer }) => matches(pattern, answer.headers.get('Request-ID')),
})

export const failureNumber = requestId(/-[1-9]\d*$/)

const json: Assertion = {
  says: 'comes as application/json',
  evidence: observed('capture'),
  check: ({ answer }) => matches(/^application\/json\b/, answer.headers.get('Content-Type')),
}

/** What every success of an operation has in common. */
export const succeeds = (id: EndpointId, evidence: Evidence): Assertion[] => {
  const { response }: Endpoint = endpoints[id]
  const always = [
    answers(response.status, evidence),
    signed(documented('manual')),
    requestId(/-0$/),
  ]
  if (!('body' in response)) return [...always, bodiless(evidence)]

  const parse = ({ body }: CallAnswer) => response.body.safeParse(body)
  return [
    ...always,
    json,
    {
      says: 'has a body that fits the contract',
      evidence,
      check: ({ answer }) => is([], issuesOf(parse(answer).error)),
    },
    {
      says: 'has no member beyond the contract',
      evidence,
      // Parsing drops what the contract does not name.
      check: ({ answer }) => is(parse(answer).data, answer.body),
    },
  ]
}

/** The members that request and answer of an operation share by name come back as they were sent. */
export const echoes = (
  id: EndpointId,
  { evidence, except = [] }: { evidence: Evidence; except?: readonly string[] },
): Assertion[] => {
  const { request, response }: Endpoint = endpoints[id]
  const answered = 'body' in response ? Object.keys(response.body.shape) : []
  const shared = Object.keys(request.body?.shape ?? {}).filter(
    (name) => answered.includes(name) && !except.includes(name),
  )

  return shared.map((name) => ({
    says: `gives ${name} back`,
    evidence,
    check: ({ request, answer }) =>
      includes(valueAt(request.body, name), valueAt(answer.body, name)),
  }))
}

/** The caller is named, whom the request does not name. */
export const namesCaller = (evidence: Evidence, ...path: string[]): Assertion => ({
  says: `names the caller as ${path.join('.')}`,
  evidence,
  check: ({ given, answer }) => is(given.mchid, valueAt(answer.body, ...path)),
})

const said = (expected: unknown): string => {
  if (expected === unset) return unset.text
  const json = JSON.stringify(expected, (_, value) =>
    value instanceof RegExp ? `/${value.source}/` : value,
  )
  return json ?? 'absent'
}

/** Members of the answer by their paths, such as `sign_plan.sign_state`. */
export const shows = (members: Record<string, unknown>, evidence: Evidence): Assertion[] =>
  Object.entries(members).map(([path, expected]) => ({
    says: `has ${path} ${said(expected)}`,
    evidence,
    check: ({ answer }) => includes(expected, valueAt(answer.body, ...path.split('.'))),
  }))

/** Members of what the follow-up finds. */
export const leavesState = (members: Record<string, unknown>, evidence: Evidence): Assertion[] =>
  Object.entries(members).map(([path, expected]) => ({
    says: `leaves ${path} ${said(expected)}`,
    evidence,
    check: ({ afterwards }) => includes(expected, valueAt(afterwards?.body, ...path.split('.'))),
  }))

/** A moment as the plan family writes it. */
export const beijingTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00$/
export const beijingMidnight = /T00:00:00\+08:00$/

/** What was not there the first time cannot be given again. */
export const isAgain = (expected: unknown, got: unknown): Finding => {
  const { held } = is(expected, got)
  return { held: held && got !== undefined, expected, got }
}

/** The answer to a request that was made before is given again. */
export const sameAsBefore = (evidence: Evidence, ...path: string[]): Assertion => ({
  says: ['gives the same again', ...path].join(', '),
  evidence,
  check: ({ earlier, answer }) =>
    isAgain(valueAt(earlier[0]?.body, ...path), valueAt(answer.body, ...path)),
})

const refusal = (
  situation: Situation,
  { message, evidence }: { message: string; evidence: Evidence },
): Assertion[] => {
  const { status, code } = errors[situation]

  return [
    answers(status, evidence),
    json,
    failureNumber,
    {
      says: `says ${code}`,
      evidence,
      check: ({ answer }) => is(code, valueAt(answer.body, 'code')),
    },
    {
      says: `says “${message}”`,
      evidence,
      check: ({ answer }) => is(message, valueAt(answer.body, 'message')),
    },
  ]
}

const withoutDetail: Assertion = {
  says: 'has no detail',
  evidence: observed('forum'),
  check: ({ answer }) => is(undefined, valueAt(answer.body, 'detail')),
}

/** A refusal by the rules of the business: signed, without a detail. */
export const refuses = (situation: Situation): Assertion[] => [
  ...refusal(situation, errors[situation]),
  signed(observed('capture')),
  withoutDetail,
]

type Shown = { message?: string; detail: ErrorDetail; evidence?: Evidence }

/** A refusal of a field: signed, with what was found in the detail. */
export const refusesField = (
  situation: Extract<Situation, 'fieldInvalid' | 'fieldUndeclared' | 'bodyUnreadable'>,
  { message = errors[situation].message, detail, evidence = errors[situation].evidence }: Shown,
): Assertion[] => [
  ...refusal(situation, { message, evidence }),
  signed(observed('capture')),
  {
    says: 'names place and value in the detail',
    evidence,
    check: ({ answer }) => is(detail, valueAt(answer.body, 'detail')),
  },
]

/** A refusal of a number of the path that the body repeats: by its own message, without a detail. */
export const refusesRepetition = (message: string): Assertion[] => [
  ...refusal('fieldInvalid', { message, evidence: observed('forum') }),
  signed(observed('capture')),
  withoutDetail,
]

/** A refusal before the caller is known: of all refusals with a body these alone are not signed. */
export const refusesCaller = (situation: Situation): Assertion[] => [
  ...refusal(situation, errors[situation]),
  unsigned,
]

const shownBytes = 8

/** What is shown of the message that was checked: all but the body, of which eight bytes are. */
const shownMessage = ({ answer }: { answer: CallAnswer }) => {
  const shown = valueAt(answer.body, 'detail', 'sign_information')
  const text = String(valueAt(shown, 'truncated_sign_message'))
  const [method, url, timestamp, nonce] = text.split('\n')
  return { shown, text, head: `${[method, url, timestamp, nonce].join('\n')}\n` }
}

/** A refusal of the signature shows what was checked. */
export const refusesSignature = (id: EndpointId): Assertion[] => [
  ...refusesCaller('signatureMismatch'),
  {
    says: 'shows the request whose signature it checked',
    evidence: observed('capture'),
    check: ({ request, answer }) => {
      const path = fillTemplate(endpoints[id].path, (name) => request.path?.[name] ?? '')
      const shown = valueAt(answer.body, 'detail', 'sign_information')
      const url = String(valueAt(shown, 'url')).split('?', 1)[0]
      return is([endpoints[id].method, path], [valueAt(shown, 'method'), url])
    },
  },
  {
    says: 'says in the detail of the detail that the signature does not match',
    evidence: observed('capture'),
    check: ({ answer }) => {
      const { sign_information: _, ...said } = Object(valueAt(answer.body, 'detail'))
      const issue = { issue: 'sign not match' }
      return is({ detail: issue, field: 'signature', location: 'authorization' }, said)
    },
  },
  {
    says: 'shows the message that it checked, its body cut to eight bytes',
    evidence: observed('capture'),
    check: ({ request, answer }) => {
      const { text, head } = shownMessage({ answer })
      const body = bodyTextOf(request)
      return is(`${head}${body.slice(0, shownBytes)}\n`, text)
    },
  },
  {
    says: 'counts the bytes of the whole message',
    evidence: observed('capture'),
    check: ({ request, answer }) => {
      const { shown, head } = shownMessage({ answer })
      const length = Buffer.byteLength(`${head}${bodyTextOf(request)}\n`)
      return is(length, valueAt(shown, 'sign_message_length'))
    },
  },
]

const bodyTextOf = ({ body, text }: CallRequest): string =>
  text ?? (body === undefined ? '' : JSON.stringify(body))
