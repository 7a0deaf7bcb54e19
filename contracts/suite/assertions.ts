/**
 * What is asserted of many answers.
 * @module
 */
import { isDeepStrictEqual } from 'node:util'
import type { Endpoint } from '../endpoint.ts'
import { type EndpointId, endpoints } from '../endpoints.ts'
import { type ErrorDetail, errors, type Situation } from '../errors.ts'
import { documented, type Evidence, observed } from '../evidence.ts'
import type { Assertion, CallAnswer, Finding } from './interaction.ts'

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
  path.reduce<unknown>((held, key) => Reflect.get(Object(held), key), value)

const answers = (status: number, evidence: Evidence): Assertion => ({
  says: `answers ${status}`,
  evidence,
  check: ({ answer }) => is(status, answer.status),
})

const signed = (evidence: Evidence): Assertion => ({
  says: 'is signed',
  evidence,
  check: ({ answer }) => is(true, answer.trusted),
})

const requestId = (pattern: RegExp): Assertion => ({
  says: 'ends its Request-ID with a number, 0 for success',
  evidence: documented('skills'),
  check: ({ answer }) => matches(pattern, answer.headers.get('Request-ID')),
})

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
  if (!('body' in response)) return always

  const parse = ({ body }: CallAnswer) => response.body.safeParse(body)
  return [
    ...always,
    json,
    {
      says: 'has a body that fits the contract',
      evidence,
      check: ({ answer }) => {
        const issues = parse(answer).error?.issues ?? []
        return is(
          [],
          issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
        )
      },
    },
    {
      says: 'has no member beyond the contract',
      evidence,
      // Parsing drops what the contract does not name.
      check: ({ answer }) => is(parse(answer).data, answer.body),
    },
  ]
}

const refusal = (
  situation: Situation,
  { message, evidence }: { message: string; evidence: Evidence },
): Assertion[] => {
  const { status, code } = errors[situation]

  return [
    answers(status, evidence),
    json,
    requestId(/-[1-9]\d*$/),
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

/** A refusal by the rules of the business: signed, without a detail. */
export const refuses = (situation: Situation): Assertion[] => [
  ...refusal(situation, errors[situation]),
  signed(observed('capture')),
  {
    says: 'has no detail',
    evidence: observed('forum'),
    check: ({ answer }) => is(undefined, valueAt(answer.body, 'detail')),
  },
]

type Shown = { message?: string; detail: ErrorDetail; evidence?: Evidence }

/** A refusal of a field: signed, with what was found in the detail. */
export const refusesField = (
  situation: Extract<Situation, 'fieldInvalid' | 'fieldUndeclared'>,
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

/** A refusal of the signature: of all refusals with a body it alone is not signed. */
export const refusesSignature = (id: EndpointId): Assertion[] => {
  const { method, path } = endpoints[id]

  return [
    ...refusal('signatureMismatch', errors.signatureMismatch),
    {
      says: 'is not signed',
      evidence: observed('probe'),
      check: ({ answer }) => is(false, answer.trusted),
    },
    {
      says: 'shows the request whose signature it checked',
      evidence: observed('capture'),
      check: ({ answer }) => {
        const shown = valueAt(answer.body, 'detail', 'sign_information')
        return is([method, path], [valueAt(shown, 'method'), valueAt(shown, 'url')])
      },
    },
  ]
}
