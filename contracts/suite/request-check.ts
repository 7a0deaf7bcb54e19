/**
 * What holds for every operation: who may call at all, what is signed, and what headers there are.
 * @module
 */
import { endpointIds, endpoints } from '../endpoints.ts'
import type { Situation } from '../errors.ts'
import { chosen, documented, type Evidence, observed, sdk } from '../evidence.ts'
import { scheme } from '../protocol/authorization.ts'
import {
  answers,
  bodiless,
  failureNumber,
  is,
  matches,
  refusesCaller,
  refusesField,
  refusesSignature,
  signatureHeaders,
  spells,
  unsigned,
} from './assertions.ts'
import { everyFieldRule, fieldRules } from './field-rules.ts'
import {
  type Assertion,
  type CallRequest,
  type Fixture,
  type Interaction,
  interaction,
} from './interaction.ts'
import { goodRequest, operationOf } from './requests.ts'

const list = 'certificates.list'
const listPath = endpoints[list].path
const seed = 'signplan.serviceorder.create.partner'
const cancel = 'serviceorder.cancel.partner'

const header = (name: string, expected: RegExp, evidence: Evidence): Assertion => ({
  says: `has ${name} /${expected.source}/`,
  evidence,
  check: ({ answer }) => matches(expected, answer.headers.get(name)),
})

const capture = observed('capture')

/** On every answer. */
const always = [
  header('Server', /^nginx(\/[\d.]+)?$/, capture),
  header('Cache-Control', /^no-cache, must-revalidate$/, capture),
  header('X-Content-Type-Options', /^nosniff$/, capture),
  header('Content-Language', /^zh-CN$/, capture),
]
const common = [...always, header('Request-ID', /^08[0-9A-F]+-\d+$/, documented('skills'))]

const typed = header('Content-Type', /^application\/json; charset=utf-8$/, capture)

const untyped: Assertion = {
  says: 'has no Content-Type',
  evidence: capture,
  check: ({ answer }) => is(null, answer.headers.get('Content-Type')),
}

/** Clients refuse what is further from their clock. */
const longestSkew = 5 * 60

const signature = [
  header('Wechatpay-Nonce', /^[0-9a-zA-Z]{32}$/, capture),
  header('Wechatpay-Signature', /^[0-9a-zA-Z+/]{342}==$/, capture),
  header('Wechatpay-Serial', /^([0-9A-F]{40}|PUB_KEY_ID_\d+)$/, capture),
  header('Wechatpay-Signature-Type', new RegExp(`^${scheme}$`), capture),
  {
    says: 'has the time of now as Wechatpay-Timestamp',
    evidence: documented('manual'),
    check: ({ answer }) => {
      const timestamp = Number(answer.headers.get('Wechatpay-Timestamp'))
      const now = Math.floor(Date.now() / 1000)
      return { held: Math.abs(timestamp - now) <= longestSkew, expected: now, got: timestamp }
    },
  } satisfies Assertion,
]

const withoutSignature: Assertion = {
  says: 'has no header of a signature',
  evidence: observed('probe'),
  check: ({ answer }) =>
    is(
      [],
      signatureHeaders.filter((name) => answer.headers.has(name)),
    ),
}

const withoutRequestId: Assertion = {
  says: 'has no Request-ID',
  evidence: observed('probe'),
  check: ({ answer }) => is(false, answer.headers.has('Request-ID')),
}

const spelled = (names: readonly string[]): Assertion => ({
  says: 'spells its header names as WeChat Pay does',
  evidence: sdk('sdks'),
  check: ({ answer }) => spells(names, answer),
})

const everySpelling = [
  'Server',
  'Cache-Control',
  'X-Content-Type-Options',
  'Request-ID',
  'Content-Language',
]
const bodySpelling = [...everySpelling, 'Content-Type']

const headers: Interaction[] = [
  interaction({
    name: `${list} answers with the headers of WeChat Pay`,
    endpoint: list,
    given: 'merchant',
    when: () => [{ endpoint: list }],
    holds: [
      answers(200, documented('openapi')),
      typed,
      ...common,
      ...signature,
      spelled([...bodySpelling, ...signatureHeaders]),
    ],
  }),
  interaction({
    name: `${cancel} answers without a body, and signs that there is none`,
    endpoint: cancel,
    given: 'using',
    when: (fixture) => [goodRequest('serviceorder.cancel', fixture)],
    holds: [
      answers(204, documented('orderPages')),
      bodiless(documented('rulesPage')),
      untyped,
      ...common,
      ...signature,
      spelled([...everySpelling, ...signatureHeaders]),
    ],
  }),
  interaction({
    name: `${seed} signs the refusal of a field`,
    endpoint: seed,
    given: 'merchant',
    when: () => [{ endpoint: seed, body: {} }],
    holds: [
      ...common,
      typed,
      ...signature,
      spelled([...bodySpelling, ...signatureHeaders]),
      // A body that is missing and one without members are told alike.
      ...refusesField('fieldInvalid', {
        message:
          '输入源“/body/service_id”映射到字段“支付分服务ID”必填性规则校验失败，此字段为必填项',
        detail: { location: 'body', value: '' },
      }),
    ],
    situation: 'fieldInvalid',
  }),
  interaction({
    name: `${list} does not sign the refusal of a signature`,
    endpoint: list,
    given: 'merchant',
    when: () => [{ endpoint: list, tamper: 'signature' }],
    holds: [
      answers(401, capture),
      withoutSignature,
      ...common,
      typed,
      failureNumber,
      spelled(bodySpelling),
    ],
    situation: 'signatureMismatch',
  }),
  ...[
    {
      what: 'a path that there is not',
      status: 404,
      elsewhere: { method: 'POST', path: '/v3/payscore/nowhere' },
    } as const,
    {
      what: 'a method that the path does not have',
      status: 405,
      elsewhere: { method: 'GET', path: endpoints[seed].path },
    } as const,
  ].map(({ what, status, elsewhere }) =>
    interaction({
      name: `${seed} is not found at ${what}`,
      endpoint: seed,
      given: 'merchant',
      when: () => [{ endpoint: seed, elsewhere, ...(elsewhere.method === 'POST' && { body: {} }) }],
      holds: [
        answers(status, capture),
        bodiless(capture),
        untyped,
        withoutSignature,
        unsigned,
        ...(status === 404 ? [...always, withoutRequestId] : [...common, failureNumber]),
      ],
    }),
  ),
]

const signatures = endpointIds.map((endpoint) =>
  interaction({
    name: `${endpoint} refuses a signature that does not fit`,
    endpoint,
    given: 'fresh',
    when: (fixture) => [{ ...goodRequest(operationOf(endpoint), fixture), tamper: 'signature' }],
    holds: refusesSignature(endpoint),
    situation: 'signatureMismatch',
  }),
)

type WrongCaller = {
  what: string
  situation: Situation
  sent: Pick<CallRequest, 'tamper' | 'headers'>
}

const wrongCallers: WrongCaller[] = [
  {
    what: 'a request whose nonce is not the signed one',
    situation: 'signatureMismatch',
    sent: { tamper: 'nonce' },
  },
  {
    what: 'a merchant whom nobody knows',
    situation: 'serialUnknown',
    sent: { tamper: 'merchant' },
  },
  {
    what: 'a certificate that is not the merchant’s',
    situation: 'serialUnknown',
    sent: { tamper: 'serial' },
  },
  {
    what: 'a signature of long ago',
    situation: 'timestampExpired',
    sent: { tamper: 'timestamp' },
  },
  {
    what: 'a signature of another kind',
    situation: 'schemeUnknown',
    sent: { tamper: 'scheme' },
  },
  {
    what: 'an Authorization without signature',
    situation: 'authorizationUnreadable',
    sent: { tamper: 'form' },
  },
  {
    what: 'a request without Authorization',
    situation: 'authorizationMalformed',
    sent: { tamper: 'absence' },
  },
  {
    what: 'a caller without name',
    situation: 'userAgentMissing',
    sent: { headers: { 'User-Agent': '' } },
  },
  {
    what: 'any language at all',
    situation: 'languageUnsupported',
    sent: { headers: { 'Accept-Language': '*' } },
  },
]

const callers = wrongCallers.map(({ what, situation, sent }) =>
  interaction({
    name: `${list} refuses ${what}`,
    endpoint: list,
    given: 'merchant',
    when: () => [{ endpoint: list, ...sent }],
    holds: refusesCaller(situation),
    situation,
  }),
)

const payment = 'pay.queryByOutTradeNo.direct'

/** The gateway of ordinary payments has one wording for both, and no Request-ID. */
const payers = (['absence', 'scheme'] as const).map((tamper) =>
  interaction({
    name: `${payment} refuses an Authorization by its own words, ${tamper}`,
    endpoint: payment,
    given: 'fresh',
    when: (fixture) => [{ ...goodRequest('pay.queryByOutTradeNo', fixture), tamper }],
    holds: [
      ...refusesCaller('payAuthorizationMissing').filter((each) => each !== failureNumber),
      withoutRequestId,
    ],
    situation: 'payAuthorizationMissing',
  }),
)

const created = 'plan.create.partner'

/** A body of the same members in another hand: blanks, line feeds and escapes are signed as sent. */
const handwritten = (body: unknown): string =>
  JSON.stringify(body, null, 1).replaceAll('羽', String.raw`\u7fbd`)

const signedAsSent: Interaction[] = [
  interaction({
    name: `${created} checks the signature over the body as it was sent`,
    endpoint: created,
    given: 'fresh',
    when: (fixture) => {
      const { body, ...request } = goodRequest('plan.create', fixture)
      return [{ ...request, body, text: handwritten(body) }]
    },
    holds: [answers(200, documented('manual'))],
  }),
  interaction({
    name: `${list} checks the signature over the query as it was sent`,
    endpoint: list,
    given: 'merchant',
    when: () => [
      { endpoint: list, elsewhere: { method: 'GET', path: `${listPath}?algorithm_type=%52SA` } },
    ],
    holds: [answers(200, documented('manual'))],
  }),
]

const minute = 60

/** Five minutes either way are allowed; who is out by one more is refused. */
const timestamps: Interaction[] = [
  { what: 'four minutes ago', age: 4 * minute },
  { what: 'four minutes ahead', age: -4 * minute },
].map(({ what, age }) =>
  interaction({
    name: `${list} takes a signature of ${what}`,
    endpoint: list,
    given: 'merchant',
    when: () => [{ endpoint: list, age }],
    holds: [answers(200, documented('manual'))],
  }),
)

const lateTimestamps: Interaction[] = [
  { what: 'six minutes ago', age: 6 * minute },
  { what: 'six minutes ahead', age: -6 * minute },
].map(({ what, age }) =>
  interaction({
    name: `${list} refuses a signature of ${what}`,
    endpoint: list,
    given: 'merchant',
    when: () => [{ endpoint: list, age }],
    holds: refusesCaller('timestampExpired'),
    situation: 'timestampExpired',
  }),
)

const bodies = [[], 'text', null].map((body) =>
  interaction({
    name: `${seed} refuses ${JSON.stringify(body)} for a body`,
    endpoint: seed,
    given: 'merchant',
    when: () => [{ endpoint: seed, body }],
    holds: refusesField('bodyUnreadable', {
      detail: { location: 'body', value: null },
      evidence: chosen,
    }),
    situation: 'bodyUnreadable',
  }),
)

const fields = endpointIds.flatMap((endpoint) => {
  const operation = operationOf(endpoint)
  const rules = {
    given: 'fresh',
    good: (fixture: Fixture) => goodRequest(operation, fixture),
  } as const
  return endpoint === seed ? everyFieldRule(endpoint, rules) : fieldRules(endpoint, rules)
})

export const requestCheck: readonly Interaction[] = [
  ...headers,
  ...callers,
  ...payers,
  ...signedAsSent,
  ...timestamps,
  ...lateTimestamps,
  ...signatures,
  ...bodies,
  ...fields,
]
