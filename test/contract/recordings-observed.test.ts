import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Endpoint } from '../../contracts/endpoint.ts'
import { endpoints } from '../../contracts/endpoints.ts'
import { type ErrorDetail, errorBody, errors, type Situation } from '../../contracts/errors.ts'
import { callbackUrl, fen, identifier, text } from '../../contracts/fields.ts'
import { bodyOf, callOf } from '../../contracts/replay/recorded-call.ts'
import { check, type Location, repeated, type Violation } from '../../contracts/violation.ts'
import { observed } from './recordings.ts'

type Refusal = { situation: Situation; message?: string; detail?: ErrorDetail }

const refused = (situation: Situation, detail?: ErrorDetail): Refusal =>
  detail ? { situation, detail } : { situation }

const named = <T extends z.ZodType>(title: string, schema: T): T => schema.meta({ title })

const violated = (schema: z.ZodType, value: unknown, location: Location = 'body'): Violation => {
  const checked = check(schema, value, location)
  if (checked.ok) throw new Error('This value should not fit.')
  return checked.violation
}

const signDetail = (message: string, { length, url }: { length: number; url: string }) => ({
  detail: { issue: 'sign not match' },
  field: 'signature',
  location: 'authorization',
  sign_information: {
    method: message.split('\n', 1)[0],
    sign_message_length: length,
    truncated_sign_message: message,
    url,
  },
})

// The message quotes the pattern as it is spelled.
const spelled = (source: string) => new RegExp(source)

/** What the contract makes of the situation of each recording. */
const ours: Record<string, Refusal> = {
  'obs.ps.create.start-time': refused('timePast'),
  'obs.sign.noauth.certificates': refused('authorizationMalformed'),
  'obs.sign.noauth.refund.create': refused('authorizationMalformed'),
  'obs.sign.noauth.native': refused('payAuthorizationMissing'),
  'obs.sign.bearer.query': refused('payAuthorizationMissing'),
  'obs.sign.stale-timestamp': refused('timestampExpired'),
  'obs.sign.plain.mismatch': refused('signatureMismatch'),
  'obs.sign.plain.serial.payscore': refused('serialUnknown'),
  'obs.header.no-ua.certificates': refused('userAgentMissing'),
  'obs.http.406.language': refused('languageUnsupported'),
  'obs.sign.detail.get': refused(
    'signatureMismatch',
    signDetail('GET\n/v3/certificates\n1644548918\nn5QzvWmW369D7cHo36epwZ5UGhJ5DD3t\n\n', {
      length: 66,
      url: '/v3/certificates',
    }),
  ),
  'obs.sign.detail.payscore-permissions': refused(
    'signatureMismatch',
    signDetail(
      'POST\n/v3/payscore/partner/permissions\n1624437449\n7A311DsJ7PjYNoIEUmNLH1k2V3z0Ani6\n{  "appi\n',
      { length: 289, url: '/v3/payscore/partner/permissions' },
    ),
  ),
  'obs.cert.none.404': refused('certificateUnavailable'),
  'obs.cert.none.jeepay': refused('certificateUnavailable'),
  'obs.cert.500': refused('systemError'),
  'obs.param.long.path': violated(
    z.object({ out_trade_no: named('商户订单号', identifier(32)) }),
    { out_trade_no: 'x'.repeat(35) },
    'uri_template',
  ),
  'obs.param.short.body': violated(
    z.object({ out_trade_no: named('商户订单号', identifier(32, 6)) }),
    { out_trade_no: '123' },
  ),
  'obs.param.short.chars': violated(
    z.object({ receivers: z.array(z.object({ account: named('分账接收方帐号', text(64)) })) }),
    { receivers: [{ account: '' }] },
  ),
  'obs.param.pattern.out-trade-no': violated(
    z.object({
      out_trade_no: named(
        '商户订单号',
        z.string().regex(spelled(String.raw`^[0-9a-zA-Z_\-\|\*]+$`)),
      ),
    }),
    { out_trade_no: '订单号' },
  ),
  'obs.param.pattern.notify-url': violated(
    z.object({ notify_url: named('通知地址', callbackUrl(256)) }),
    { notify_url: 'here' },
  ),
  'obs.param.missing.sub-mchid': violated(
    z.object({ sub_mchid: named('子商户号/二级商户号', identifier(32)) }),
    {},
  ),
  'obs.param.missing.file': violated(z.object({ file: named('图片文件', z.string()) }), {}),
  'obs.param.type.body': violated(z.object({ amount: z.object({ total: named('总金额', fen) }) }), {
    amount: { total: 0.01 },
  }),
  'obs.param.range.query': violated(
    z.object({ limit: named('最大资源条数', z.int().min(20)) }),
    { limit: 1 },
    'query',
  ),
  'obs.param.undeclared.openid': violated(z.object({ payer: z.strictObject({}) }), {
    payer: { openid: 'o' },
  }),
  'obs.param.repeated.out-trade-no': repeated('out_trade_no', '商户订单号'),
  'obs.param.repeated.out-order-no': repeated('out_order_no', '商户服务订单号'),
  'obs.param.plain': refused('fieldInvalid'),
  'obs.param.header-serial': refused('serialHeaderMissing'),
  'obs.param.header-serial.wrong': refused('serialHeaderWrong'),
  'obs.biz.500': refused('systemError'),
  'obs.ps.complete.state.400': refused('orderStateIllegal'),
  'obs.biz.refund-mismatch': refused('refundPaymentMismatch'),
  'obs.ps.complete.end-required': refused('endMissing'),
  'obs.ps.complete.end-early': refused('endBeforeStart'),
  'obs.ps.complete.repeat': refused('reentryMismatch'),
  'obs.ps.pay.too-early': refused('payTooEarly'),
  'obs.ps.pay.failed': refused('chargeFailed'),
  'obs.ps.sync.done': refused('orderDone'),
  'obs.ps.permissions.openid': refused('systemError'),
  'obs.ps.refund.by-order-no': refused('refundOrderUnknown'),
}

/** Where the contract says otherwise, or nothing, and why. */
const differs: Record<string, string> = {
  'obs.sign.fake-signature': 'ours looks at the serial before the signature',
  'obs.sign.plain.no-certificate': 'every merchant of a sandbox has a certificate',
  'obs.sign.plain.retry': 'one wording of several; ours is that of 2022',
  'obs.sign.plain.retry.demo': 'one wording of several; ours is that of 2022',
  'obs.sign.detail.post-cut': 'one wording of several; ours is that of 2022',
  'obs.sign.detail.wrong-serial': 'an older wording, with a detail; ours is without',
  'doc.sign.detail.old-manual': 'the early manual nests the issue less deeply',
  'obs.cert.none.short': 'an early wording',
  'obs.param.type.path': 'no operation of the table has a number in its path',
  'doc.param.old-manual': 'the early manual has other members in the detail',
  'obs.biz.receipt-exists': 'an operation that is not in the table',
  'obs.biz.token': 'an operation that is not in the table',
  'obs.biz.frequency': 'an operation that is not in the table',
  'obs.ps.create.other185': 'ours says which field',
  'obs.ps.create.no-auth-tab': 'a tab at the end, which later reports do not show',
  'obs.ps.complete.state.old': 'an older code and wording',
  'obs.ps.query.retry': 'nothing was shown of why',
}

/** No refusal: a success, or an answer without a body that was shown. */
const others = [
  'obs.http.405',
  'obs.http.404.probe',
  'obs.cert.561',
  'obs.cert.200.head',
  'obs.signed.400.head',
  'obs.ps.query.done',
  'sdk.refund.processing',
]

test('every observed answer is recorded once, and judged', () => {
  const judged = [...Object.keys(ours), ...Object.keys(differs), ...others]

  expect(observed.map(({ _id }) => _id).toSorted()).toEqual(judged.toSorted())
  expect(judged).toHaveLength(65)
})

const shownOf = ({ response }: (typeof observed)[number]) =>
  response._shown ?? Object(bodyOf(response.content))

test.each(observed.filter(({ _id = '' }) => ours[_id]))(
  '$_id is what the contract says',
  (recording) => {
    const { situation, ...said } = ours[recording._id ?? ''] ?? { situation: 'systemError' }
    const body = errorBody(situation, said)
    const { content, status, _shown } = recording.response

    expect(status).toBe(errors[situation].status)
    if (_shown) {
      expect(JSON.parse(body)).toMatchObject(_shown)
    } else if (content.text?.includes('"detail"')) {
      expect(content.text).toBe(body)
    } else {
      const { code, message } = JSON.parse(body)
      expect(shownOf(recording)).toEqual({ code, message })
    }
  },
)

test.each(observed.filter(({ _id = '' }) => differs[_id]))(
  '$_id differs from every refusal of the contract',
  (recording) => {
    const { code, message } = shownOf(recording)
    const said = Object.values(errors).map((entry) => [entry.code, entry.message])

    if (recording._id?.includes('sign.detail') || recording._id === 'doc.param.old-manual') return
    expect(said).not.toContainEqual([code, message])
  },
)

/** A refund in progress shows the zero time of the author's language; the wire had none. */
const zeroTime = '0001-01-01T00:00:00Z'

test.each(observed.filter(({ response }) => response.status === 200 && response.content.text))(
  '$_id fits the contract but for what was masked',
  (recording) => {
    const { response }: Endpoint = endpoints[callOf(recording)?.endpoint ?? 'certificates.list']
    const body = Object(bodyOf(recording.response.content))
    const issues = 'body' in response ? response.body.safeParse(body).error?.issues : undefined

    expect((issues ?? []).map(({ path }) => path.join('.'))).toEqual(
      ['service_id', 'mchid'].filter((name) => body[name] === 'xxx'),
    )
    expect(['success_time' in body, body.success_time === zeroTime]).toEqual(
      recording._provenance === 'sdk' ? [true, true] : [false, false],
    )
  },
)
