import { afterAll, expect, inject, onTestFinished, test } from 'vitest'
import { readCredentials } from '../../client/credentials.ts'
import { open, seal } from '../../contracts/protocol/cipher.ts'
import { valueAt } from '../../contracts/suite/assertions.ts'
import { replaced } from '../../contracts/suite/body-fields.ts'
import type { Mode } from '../../contracts/suite/interaction.ts'
import { interactions } from '../../contracts/suite/interactions.ts'
import { rotation } from '../../contracts/suite/rotation.ts'
import { run } from '../../contracts/suite/run.ts'
import type { SandboxOptions } from '../../sandbox/sandbox.ts'
import { startCallbackReceiver } from '../../sandbox/verifying/callback-receiver.ts'
import { rawSend } from '../../sandbox/verifying/raw-send.ts'
import { startSandbox } from '../support/sandbox.ts'
import { startProxy } from '../witness/changing-proxy.ts'
import { type Answered, type Forgery, forging } from './forging.ts'
import { type Platform, sandboxTarget } from './sandbox-target.ts'

type Started = Awaited<ReturnType<typeof startSandbox>>

/** One rule that a sandbox breaks. */
type Broken = {
  what: string
  /** The names of the interactions that are run. */
  of: RegExp
  /** The first assertion that breaks. */
  blamed: string
  forgery?: Forgery | ((sandbox: Started) => Forgery)
  options?: SandboxOptions
  platform?: Platform
  /** How the receiver of the callbacks differs from the sandbox. */
  receives?: { apiv3Key: string }
  /** Breaks it through the control API. */
  control?(sandbox: Started): unknown
}

const signature = ['Nonce', 'Signature', 'Serial', 'Signature-Type', 'Timestamp']

const unsigned = (headers: Headers) => {
  for (const name of signature) headers.delete(`Wechatpay-${name}`)
}

const member = (path: string, value: unknown): Forgery => ({
  answer: ({ status, body }) =>
    status < 300 ? { body: replaced(body, path.split('.'), value) } : {},
})

const refusal = (change: object): Forgery => ({
  answer: ({ status, body }) => (status < 400 ? {} : { body: { ...Object(body), ...change } }),
})

const header = (name: string, change: (value: string) => string): Forgery => ({
  headers: (headers) => {
    const value = headers.get(name)
    if (value !== null) headers.set(name, change(value))
  },
})

const status = (from: number, to: number): Forgery => ({
  answer: (answered) => (answered.status === from ? { status: to } : {}),
})

const bodyFor = (of: number, body: object): Forgery => ({
  answer: ({ status, headers }) => {
    if (status !== of) return {}
    const typed = new Headers(headers)
    typed.set('Content-Type', 'application/json; charset=utf-8')
    return { body, headers: typed, ...(status === 204 && { status: 200 }) }
  },
})

/** The answer of the first request is given to every other one that is refused. */
const takesConflicts = (): Forgery => {
  let first: Partial<Answered> | undefined
  return {
    answer: ({ status, body, headers }) => {
      if (status === 200) first ??= { status, body, headers: new Headers(headers) }
      return status === 200 ? {} : (first ?? {})
    },
  }
}

let drawn = 10n ** 30n
const another = () => {
  drawn += 1n
  return String(drawn)
}

const rows = (body: unknown): readonly unknown[] => {
  const data = valueAt(body, 'data')
  return Array.isArray(data) ? data : []
}

const resealed = (row: unknown, apiv3Key: string) => {
  const { ciphertext, nonce, associated_data } = Object(valueAt(row, 'encrypt_certificate'))
  const plaintext = open({ ciphertext, nonce, associated_data }, apiv3Key)
  const sealed = seal({ plaintext, nonce, associated_data }, '0'.repeat(32))
  return replaced(row, ['encrypt_certificate', 'ciphertext'], sealed.ciphertext)
}

const headersOf = /answers with the headers|signs that there is none/
const unsignedHeaders = /does not sign the refusal/
const nowhere = /is not found at/
const planCreation = /^plan\.create\.partner creates/
const signedCallback = /^PAYSCORE\.USER_SIGN_PLAN is sent to a partner/
const planRefusal = /^plan\.query\.partner refuses a plan/
const fieldRule = /^plan\.create\.partner refuses .*\/body\//

const own = '1900000109'

/** Changes the detail of the refusal of a signature. */
const signDetail = (change: (detail: object, text: string) => object): Forgery => ({
  answer: ({ status, body }, asked) => {
    const detail = Object(valueAt(body, 'detail'))
    const text = asked.body === undefined ? '' : JSON.stringify(asked.body)
    return status === 401 ? { body: { ...Object(body), detail: change(detail, text) } } : {}
  },
})

const signInformation = (change: (shown: object, text: string) => object): Forgery =>
  signDetail((detail, text) => {
    const shown = Object(valueAt(detail, 'sign_information'))
    return { ...detail, sign_information: { ...shown, ...change(shown, text) } }
  })

const signatureOf = /^plan\.create\.partner refuses a signature/

const broken: Broken[] = [
  {
    what: 'believes signatures for a minute only',
    of: /takes a signature of four minutes/,
    blamed: 'answers 200',
    forgery: { refuses: ({ age }) => Math.abs(age) > 60 },
  },
  {
    what: 'believes signatures for an hour',
    of: /refuses a signature of six minutes/,
    blamed: 'answers 401',
    forgery: { ask: () => ({}) },
  },
  {
    what: 'checks signatures over bodies that it writes anew',
    of: /checks the signature over the body as it was sent/,
    blamed: 'answers 200',
    forgery: { refuses: ({ text, body }) => text !== '' && text !== JSON.stringify(body) },
  },
  {
    what: 'checks signatures over queries that it decodes',
    of: /checks the signature over the query as it was sent/,
    blamed: 'answers 200',
    forgery: { refuses: ({ target }) => target !== decodeURIComponent(target) },
  },
  {
    what: 'has the issue of a wrong signature one level too high',
    of: signatureOf,
    blamed: 'says in the detail of the detail that the signature does not match',
    forgery: signDetail((detail) => ({ ...detail, detail: undefined, issue: 'sign not match' })),
  },
  {
    what: 'counts the signed message without its last line feed',
    of: signatureOf,
    blamed: 'counts the bytes of the whole message',
    forgery: signInformation((shown) => ({
      sign_message_length: Number(valueAt(shown, 'sign_message_length')) - 1,
    })),
  },
  {
    what: 'echoes the whole body of a wrong signature',
    of: signatureOf,
    blamed: 'shows the message that it checked, its body cut to eight bytes',
    forgery: signInformation((shown, text) => ({
      truncated_sign_message: String(valueAt(shown, 'truncated_sign_message')).replace(
        /[^\n]*\n$/,
        () => `${text}\n`,
      ),
    })),
  },
  {
    what: 'leaves post_payments out of its queries',
    of: /^serviceorder\.query\.partner finds an order whose charge has failed/,
    blamed: 'gives the post_payments of the request back',
    forgery: member('post_payments', undefined),
  },
  {
    what: 'answers the completion of a direct order with the state before it',
    of: /^serviceorder\.complete\.direct says what is to be paid/,
    blamed: 'has state_description "MCH_COMPLETE"',
    forgery: member('state_description', 'USER_CONFIRM'),
  },
  {
    what: 'sends no callbacks',
    of: signedCallback,
    blamed: 'sends PAYSCORE.USER_SIGN_PLAN',
    control: ({ control }) => control.faults.order({ fault: 'CALLBACK_LOST' }),
  },
  {
    what: 'does not sign its callbacks',
    of: signedCallback,
    blamed: 'signs it',
    control: ({ control }) => control.faults.order({ fault: 'CALLBACK_UNSIGNED' }),
  },
  {
    what: 'signs its callbacks wrongly',
    of: signedCallback,
    blamed: 'signs it',
    control: ({ control }) => control.faults.order({ fault: 'CALLBACK_WRONG_SIGNATURE' }),
  },
  {
    what: 'signs its callbacks in the past',
    of: signedCallback,
    blamed: 'signs it',
    control: ({ control }) => control.faults.order({ fault: 'CALLBACK_OLD_TIMESTAMP' }),
  },
  {
    what: 'encrypts its callbacks under another key',
    of: signedCallback,
    blamed: 'sends PAYSCORE.USER_SIGN_PLAN',
    receives: { apiv3Key: '0'.repeat(32) },
  },
  {
    what: 'takes any signature',
    of: /refuses a signature that does not fit$/,
    blamed: 'answers 401',
    forgery: { ask: () => ({}) },
  },
  {
    what: 'does not sign its successes',
    of: planCreation,
    blamed: 'is signed',
    forgery: { headers: unsigned },
  },
  {
    what: 'does not sign answers without a body',
    of: /^serviceorder\.cancel\.partner cancels/,
    blamed: 'is signed',
    forgery: { headers: (headers, { status }) => status === 204 && unsigned(headers) },
  },
  {
    what: 'does not sign its refusals',
    of: /^plan\.create\.partner/,
    blamed: 'is signed',
    forgery: { headers: (headers, { status }) => status >= 400 && unsigned(headers) },
  },
  {
    what: 'signs the refusal of a signature',
    of: unsignedHeaders,
    blamed: 'has no header of a signature',
    forgery: { signsAll: true },
  },
  {
    what: 'signs where it does not know who asks',
    of: /^certificates\.list refuses/,
    blamed: 'is not signed',
    forgery: { signsAll: true },
  },
  {
    what: 'signs other bytes than it sends',
    of: planCreation,
    blamed: 'is signed',
    forgery: header(
      'Wechatpay-Signature',
      (value) => `${value.startsWith('A') ? 'B' : 'A'}${value.slice(1)}`,
    ),
  },
  {
    what: 'makes every signature a probe',
    of: planCreation,
    blamed: 'is signed',
    options: { probes: { answers: 1 } },
  },
  {
    what: 'signs by the certificate when asked for the public key',
    of: /^certificates\.list lists the platform/,
    blamed: 'is signed by the key asked for: a certificate of this list, or the public key',
    options: { platformKeys: 'certificate' },
    platform: 'publicKey',
  },
  {
    what: 'signs in the past',
    of: headersOf,
    blamed: 'has the time of now as Wechatpay-Timestamp',
    forgery: { age: 600 },
  },
  {
    what: 'writes its serial number in small letters',
    of: headersOf,
    blamed: String.raw`has Wechatpay-Serial /^([0-9A-F]{40}|PUB_KEY_ID_\d+)$/`,
    forgery: header('Wechatpay-Serial', (value) => value.toLowerCase()),
  },
  {
    what: 'names another type of signature',
    of: headersOf,
    blamed: 'has Wechatpay-Signature-Type /^WECHATPAY2-SHA256-RSA2048$/',
    forgery: header('Wechatpay-Signature-Type', () => 'WECHATPAY2-SM2-WITH-SM3'),
  },
  {
    what: 'leaves the charset out',
    of: headersOf,
    blamed: String.raw`has Content-Type /^application\/json; charset=utf-8$/`,
    forgery: header('Content-Type', () => 'application/json'),
  },
  {
    what: 'calls its JSON HTML',
    of: planCreation,
    blamed: 'comes as application/json',
    forgery: header('Content-Type', () => 'text/html'),
  },
  {
    what: 'gives no number with its Request-ID',
    of: planCreation,
    blamed: 'ends its Request-ID with a number, 0 for success',
    forgery: header('Request-ID', (value) => value.replace(/-\d+$/, '')),
  },
  {
    what: 'gives the number of success to a refusal',
    of: planRefusal,
    blamed: 'ends its Request-ID with a number, 0 for success',
    forgery: header('Request-ID', (value) => value.replace(/-\d+$/, '-0')),
  },
  {
    what: 'answers with an object where there is nothing to say',
    of: /^serviceorder\.cancel\.partner cancels/,
    blamed: 'answers 204',
    forgery: bodyFor(204, {}),
  },
  {
    what: 'explains in JSON that there is no such path',
    of: nowhere,
    blamed: 'has no body',
    forgery: bodyFor(404, { code: 'NOT_FOUND' }),
  },
  {
    what: 'explains in JSON that there is no such method',
    of: nowhere,
    blamed: 'has no body',
    forgery: bodyFor(405, { code: 'METHOD_NOT_ALLOWED' }),
  },
  {
    what: 'knows no 405',
    of: nowhere,
    blamed: 'answers 405',
    forgery: status(405, 404),
  },
  {
    what: 'refuses with another status',
    of: planRefusal,
    blamed: 'answers 404',
    forgery: status(404, 400),
  },
  {
    what: 'creates with 201',
    of: planCreation,
    blamed: 'answers 200',
    forgery: status(200, 201),
  },
  {
    what: 'refuses with another code',
    of: planRefusal,
    blamed: 'says RESOURCE_NOT_EXISTS',
    forgery: refusal({ code: 'NOT_FOUND' }),
  },
  {
    what: 'refuses with another message',
    of: planRefusal,
    blamed: 'says “支付分计划不存在”',
    forgery: refusal({ message: '不存在' }),
  },
  {
    what: 'adds a detail to a refusal by the rules of the business',
    of: planRefusal,
    blamed: 'has no detail',
    forgery: refusal({ detail: {} }),
  },
  {
    what: 'does not tell which value was wrong',
    of: fieldRule,
    blamed: 'names place and value in the detail',
    forgery: refusal({ detail: undefined }),
  },
  {
    what: 'tells of a wrong value as the old guide does',
    of: fieldRule,
    blamed: 'names place and value in the detail',
    forgery: refusal({ detail: { field: '/plan_name', issue: '必填', location: 'body' } }),
  },
  {
    what: 'tells flatly why a signature does not fit',
    of: /^plan\.create\.partner refuses a signature/,
    blamed: 'shows the request whose signature it checked',
    forgery: refusal({ detail: { issue: 'sign not match', location: 'authorization' } }),
  },
  {
    what: 'takes members that it does not know',
    of: /^plan\.create\.partner refuses the unknown member \/body\/undeclared/,
    blamed: 'answers 400',
    forgery: {
      ask: ({ body }) => {
        const { undeclared: _, ...known } = Object(body)
        return { body: known }
      },
    },
  },
  {
    what: 'cuts what is too long',
    of: /^signplan\.serviceorder\.create\.partner refuses a text of 21 .* \/body\/service_introduction/,
    blamed: 'answers 400',
    forgery: {
      ask: ({ body }) => ({
        body: replaced(
          body,
          ['service_introduction'],
          String(valueAt(body, 'service_introduction')).slice(0, 20),
        ),
      }),
    },
  },
  {
    what: 'leaves a member out',
    of: planCreation,
    blamed: 'has a body that fits the contract',
    forgery: member('plan_id', undefined),
  },
  {
    what: 'adds a member',
    of: planCreation,
    blamed: 'has no member beyond the contract',
    forgery: member('plan_status', 'NORMAL'),
  },
  {
    what: 'writes amounts as texts',
    of: planCreation,
    blamed: 'has a body that fits the contract',
    forgery: member('total_actual_price', '37000'),
  },
  {
    what: 'counts in yuan',
    of: planCreation,
    blamed: 'gives total_original_price back',
    forgery: member('total_original_price', 500),
  },
  {
    what: 'has a state of its own',
    of: /^signplan\.query\.partner finds that the user has signed/,
    blamed: 'has a body that fits the contract',
    forgery: member('sign_state', 'ACTIVE'),
  },
  {
    what: 'writes the states of orders in small letters',
    of: /^serviceorder\.query\.partner finds an order in service/,
    blamed: 'has a body that fits the contract',
    forgery: member('state', 'doing'),
  },
  {
    what: 'writes times of the plan family in UTC',
    of: /^plan\.stop\.partner stops/,
    blamed: String.raw`has stop_time "/^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\+08:00$/"`,
    forgery: member('stop_time', '2026-01-01T00:00:00Z'),
  },
  {
    what: 'writes times of orders as those of plans',
    of: /^serviceorder\.query\.partner finds an order that PayScore has collected/,
    blamed: 'has a body that fits the contract',
    forgery: member('collection.details.0.paid_time', '2026-01-01T00:00:00+08:00'),
  },
  {
    what: 'keeps the name notify_url for the callback of a sign plan',
    of: /^signplan\.create\.partner offers/,
    blamed: 'has a body that fits the contract',
    forgery: {
      answer: ({ body }) => ({
        body: replaced(body, ['sign_plan', 'merchant_callback_url'], undefined),
      }),
    },
  },
  {
    what: 'wraps the sign plan in its query as well',
    of: /^signplan\.query\.partner gives/,
    blamed: 'has a body that fits the contract',
    forgery: {
      answer: ({ body }, { method }) => (method === 'GET' ? { body: { sign_plan: body } } : {}),
    },
  },
  {
    what: 'creates a second order for a repeat',
    of: /^signplan\.serviceorder\.create\.partner takes a repeat for the same order$/,
    blamed: 'gives the same again',
    forgery: { answer: ({ body }) => ({ body: { ...Object(body), order_id: another() } }) },
  },
  {
    what: 'takes a conflict for a repeat',
    of: /^signplan\.serviceorder\.create\.partner refuses a repeat/,
    blamed: 'answers 400',
    forgery: takesConflicts,
  },
  {
    what: 'shows what is of another sub-merchant',
    of: /^plan\.query\.partner refuses a plan of another sub-merchant/,
    blamed: 'answers 404',
    forgery: {
      ask: ({ target }) => ({ target: target.replace(/sub_mchid=\d+/, `sub_mchid=${own}`) }),
    },
  },
  {
    what: 'stops what is of another sub-merchant',
    of: /^signplan\.stop\.partner refuses a sign plan of another sub-merchant/,
    blamed: 'answers 404',
    forgery: { ask: ({ body }) => ({ body: { ...Object(body), sub_mchid: own } }) },
  },
  {
    what: 'does not stop a plan',
    of: /^plan\.stop\.partner/,
    blamed: 'has plan_state "STOP"',
    forgery: member('plan_state', 'NORMAL'),
  },
  {
    what: 'says that it stops a plan and goes on',
    of: /^plan\.stop\.partner/,
    blamed: 'leaves plan_state "STOP"',
    forgery: {
      answer: ({ body }, { method }) =>
        method === 'GET' ? { body: { ...Object(body), plan_state: 'NORMAL' } } : {},
    },
  },
  {
    what: 'goes on with a cancelled order',
    of: /^serviceorder\.cancel\.partner/,
    blamed: 'leaves state "REVOKED"',
    forgery: {
      answer: ({ body }, { method }) =>
        method === 'GET' ? { body: { ...Object(body), state: 'DOING' } } : {},
    },
  },
  {
    what: 'leaves going_detail_no behind',
    of: /^signplan\.query\.partner finds a detail/,
    blamed: 'has going_detail_no 1',
    forgery: member('going_detail_no', 0),
  },
  {
    what: 'does not end a sign plan with its last detail',
    of: /^signplan\.query\.partner finds that the last detail/,
    blamed: 'has sign_state "COMPLETE"',
    forgery: member('sign_state', 'SIGNED'),
  },
  {
    what: 'counts a user’s end as the merchant’s',
    of: /^signplan\.query\.partner finds that the user has cancelled/,
    blamed: 'has cancel_sign_type "USER"',
    forgery: member('cancel_sign_type', 'MERCHANT'),
  },
  {
    what: 'never collects',
    of: /^serviceorder\.query\.partner finds an order that PayScore/,
    blamed: 'has state "DONE"',
    control: ({ control }) => control.charges.order({ outcome: 'fail', count: 1000 }),
  },
  {
    what: 'refunds at once',
    of: /^refund\.create begins/,
    blamed: 'has status "PROCESSING"',
    forgery: member('status', 'SUCCESS'),
  },
  {
    what: 'begins the order of a detail unconfirmed',
    of: /^signplan\.serviceorder\.create\.partner creates the order/,
    blamed: 'is DOING, described as USER_CONFIRM',
    options: { initialOrderState: 'CREATED' },
  },
  {
    what: 'does not add up the details of a plan',
    of: /^plan\.create\.partner refuses list prices/,
    blamed: 'answers 400',
    options: { lenientSums: true },
  },
  {
    what: 'cancels no order that is still to be paid',
    of: /^serviceorder\.cancel\.partner cancels/,
    blamed: 'answers 204',
    options: { cancelWhilePaying: 'deny' },
  },
  {
    what: 'refuses the times of the documented example',
    of: /^signplan\.serviceorder\.create\.partner creates the order/,
    blamed: 'answers 200',
    options: { strictTime: true },
  },
  {
    what: 'lists other certificates than the one that signs',
    of: /^certificates\.list lists the platform/,
    blamed: 'is signed by the key asked for: a certificate of this list, or the public key',
    control: ({ control }) => control.platformKeys.rotate('prepare'),
    forgery: {
      answer: ({ body }) => ({ body: { data: rows(body).slice(1) } }),
    },
  },
  {
    what: 'seals its certificates under another key',
    of: /^certificates\.list lists the platform/,
    blamed: 'seals each certificate under the APIv3 key of the caller',
    forgery: ({ credentials }) => ({
      answer: ({ body }) => ({
        body: { data: rows(body).map((row) => resealed(row, credentials.apiv3Key)) },
      }),
    }),
  },
]

let noticed = 0

const firstFailure = async (...args: Parameters<typeof run>) => {
  const results = await run(args[0], args[1], { untilFailure: true })
  return results.find(({ held }) => !held)?.assertion
}

const named = (of: RegExp) => {
  const found = interactions.filter(({ name }) => of.test(name))
  expect(found).not.toEqual([])
  return found
}

/** What does not come is waited for in vain; what comes may take long on a busy machine. */
const receiverFor = async ({ receives, blamed }: Broken) => {
  const credentials = readCredentials(inject('credentials'))
  const patience = blamed.startsWith('sends ') ? 500 : 60_000
  const receiver = await startCallbackReceiver({ ...credentials, ...receives, patience })
  onTestFinished(() => receiver.close())
  return receiver
}

test.each(broken)('the suite notices a sandbox that $what', async (broken) => {
  const { of, blamed, forgery = {}, options, platform = 'certificate', control } = broken
  const sandbox = await startSandbox(options)
  const receiver = await receiverFor(broken)
  const { given } = sandboxTarget(sandbox, { platform, receiver })
  const forged = forging(sandbox, typeof forgery === 'function' ? forgery(sandbox) : forgery)
  const { call } = sandboxTarget(sandbox, { platform, fetch: forged })
  await control?.(sandbox)

  expect(await firstFailure(named(of), { given, call, callback: receiver.callback })).toBe(blamed)
  noticed += 1
})

test('the suite notices a sandbox that writes header names in small letters', async () => {
  const sandbox = await startSandbox()
  const lowering = await startProxy(sandbox.url, (body) => body)
  const at = (baseUrl: string) => sandboxTarget(sandbox, { baseUrl, fetch: rawSend })

  expect(await firstFailure(named(headersOf), at(sandbox.url))).toBeUndefined()
  expect(await firstFailure(named(headersOf), at(lowering))).toBe(
    'spells its header names as WeChat Pay does',
  )
  noticed += 1
})

test('the suite notices a sandbox that never changes its certificate', async () => {
  const sandbox = await startSandbox()
  const { given, call } = sandboxTarget(sandbox)
  const unchanged = async (mode: Mode) => {
    const caller = await given.merchant?.(mode)
    if (!caller) throw new Error('No merchant.')
    return { ...caller, formerSerial: sandbox.credentials.platformSerial }
  }
  const [listed, signing] = rotation
  const target = { given: { ...given, certificatePrepared: unchanged }, call }

  expect(await firstFailure(listed ? [listed] : [], target)).toBe('lists more than one certificate')
  expect(
    await firstFailure(signing ? [signing] : [], {
      given: { ...given, certificatePromoted: unchanged },
      call,
    }),
  ).toBe('is signed by another certificate than before')
  expect(await firstFailure(rotation, { given, call })).toBeUndefined()
  noticed += 1
})

test('the version of a server is no breach', async () => {
  const sandbox = await startSandbox()
  const fetch = forging(
    sandbox,
    header('Server', () => 'nginx/1.6.2'),
  )

  expect(await firstFailure(named(headersOf), sandboxTarget(sandbox, { fetch }))).toBeUndefined()
})

test('a proxy that changes nothing is not noticed', async () => {
  const sandbox = await startSandbox()
  const of = new RegExp(`${headersOf.source}|^(plan|refund)\\.`)
  const target = sandboxTarget(sandbox, { fetch: forging(sandbox, {}) })

  expect(await firstFailure(named(of), target)).toBeUndefined()
})

afterAll(() => console.log(`${noticed}/${broken.length + 2} broken sandboxes noticed`))
