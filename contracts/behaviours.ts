/**
 * What the tables of fields and refusals cannot say: how the sandbox behaves, what that rests on,
 * and which side it takes where documents contradict each other or reality.
 * @module
 */
import { chosen, documented, type Evidence, observed, sdk } from './evidence.ts'

/** One thing that the sandbox does where the tables are silent. */
export type Behaviour = {
  about: 'signatures' | 'answers' | 'plans' | 'orders' | 'refunds' | 'callbacks'
  /** What the sandbox does, in one sentence. */
  does: string
  evidence: Evidence
  /** Who says otherwise, or what nobody says. */
  but?: string
  /** The option that takes the other side. */
  otherwise?: string
}

/**
 * One row a behaviour: what it is about, what the sandbox does, what that rests on, and who says
 * otherwise. They are the first part of the limits page.
 */
export const behaviours: readonly Behaviour[] = [
  {
    about: 'signatures',
    does: 'A request is checked over the raw target and the raw bytes: headers, form, age, merchant and serial, signature, in this order.',
    evidence: observed('probe'),
    but: 'The samples fit this order; no document gives it.',
  },
  {
    about: 'signatures',
    does: 'A timestamp more than five minutes off is refused before the signature is looked at, in the past as in the future.',
    evidence: documented('manual'),
    but: 'Only the past was observed.',
  },
  {
    about: 'signatures',
    does: 'A nonce of 1 to 128 visible characters is taken, and taken again.',
    evidence: chosen,
    but: 'Documents recommend 32; a published client sends 10 to 12. No sample shows a repeated nonce refused.',
  },
  {
    about: 'signatures',
    does: 'The serial is compared without case and without leading zeros.',
    evidence: sdk('sdks'),
  },
  {
    about: 'signatures',
    does: 'An unknown merchant is told that its serial is wrong.',
    evidence: chosen,
    but: 'No sample of an unknown merchant exists for these endpoints.',
  },
  {
    about: 'signatures',
    does: 'Accept-Language: * is answered 406 on every endpoint.',
    evidence: observed('capture'),
    but: 'It was observed on the certificates only.',
  },
  {
    about: 'signatures',
    does: 'An answer is signed by the public key when the request names its id, else by the platform certificate.',
    evidence: documented('skills'),
    but: 'So it is while a merchant is switching; before and after, one key signs always.',
    otherwise: 'platformKeys',
  },
  {
    about: 'signatures',
    does: 'SM2 is answered like another scheme.',
    evidence: chosen,
    but: 'The platform offers it to invited merchants.',
  },
  {
    about: 'answers',
    does: 'Answers after the check are signed, refusals too; 400 for missing headers, 401, 404 of a path, 405 and 406 are not.',
    evidence: observed('probe'),
  },
  {
    about: 'answers',
    does: 'An unknown path is an empty 404, a wrong method an empty 405, a body over 2 MiB an empty 413.',
    evidence: observed('probe'),
    but: 'The 413 and its limit are decided here.',
  },
  {
    about: 'answers',
    does: 'A field that fails is named alone, the first of the document; the detail has location and value only.',
    evidence: observed('issues'),
    but: 'The old manual shows field and issue as well.',
  },
  {
    about: 'answers',
    does: 'A value above its bound is worded like one below it.',
    evidence: chosen,
    but: 'Only the lower bound of numbers was observed.',
  },
  {
    about: 'answers',
    does: 'Members and query parameters that the document does not have are refused, but for the query of the certificates.',
    evidence: observed('issues'),
    but: 'Some endpoints of the platform ignore them.',
  },
  {
    about: 'answers',
    does: 'A body that is no JSON object is a PARAM_ERROR at location body with the value null.',
    evidence: chosen,
    but: 'No sample was found.',
  },
  {
    about: 'answers',
    does: 'A number of the path that the body repeats is refused.',
    evidence: observed('issues'),
  },
  {
    about: 'answers',
    does: 'Bodies that a user did not give, such as sub_openid, are left out; unset texts of a sign plan are empty.',
    evidence: observed('webhooks'),
    but: 'The empty texts are those of a callback; queries are rendered alike.',
  },
  {
    about: 'plans',
    does: 'Totals are the sums of the details, a detail never costs more than the one before, nor more than its list price.',
    evidence: documented('guide'),
    but: "The page's own example breaks the sums.",
    otherwise: 'lenientSums',
  },
  {
    about: 'plans',
    does: 'plan_detail_list is required.',
    evidence: chosen,
    but: 'The page marks it optional, yet its length must equal deduction_quantity.',
  },
  {
    about: 'plans',
    does: 'A sign plan expires at the midnight that is plan_duration + 1 days after the day of signing.',
    evidence: chosen,
    but: 'Read from one sample; no document has the formula.',
  },
  {
    about: 'plans',
    does: 'Create answers the sign plan wrapped, with a package; query and stop answer it bare.',
    evidence: sdk('openapi'),
  },
  {
    about: 'plans',
    does: 'A plan has total_original_price, a sign plan total_origin_price; notify_url comes back as merchant_callback_url.',
    evidence: documented('signQueryPage'),
  },
  {
    about: 'plans',
    does: 'A sign plan with a running order can neither be stopped nor cancelled.',
    evidence: chosen,
    but: 'By analogy with authorisations.',
  },
  {
    about: 'plans',
    does: 'Stopping answers the state after the change.',
    evidence: chosen,
    but: 'The examples still show the state before.',
  },
  {
    about: 'plans',
    does: 'Numbers are never freed: not by a stop, a cancellation or an expiry.',
    evidence: chosen,
  },
  {
    about: 'orders',
    does: 'out_trade_no of the request and out_order_no of the answer are one number: the merchant_plan_detail_no of the detail.',
    evidence: documented('planOrderPage'),
    but: 'No page says so in one place.',
  },
  {
    about: 'orders',
    does: 'A plan order begins as DOING, USER_CONFIRM, without a confirmation.',
    evidence: chosen,
    but: 'The example shows CREATED together with USER_CONFIRM, which only belongs to DOING.',
    otherwise: 'initialOrderState',
  },
  {
    about: 'orders',
    does: 'openid and sub_openid may both be given when both belong to the signer.',
    evidence: documented('seed'),
    but: 'The sign plan page demands exactly one.',
  },
  {
    about: 'orders',
    does: 'An empty service_introduction stands for the name of the plan; a missing one is refused.',
    evidence: documented('planOrderPage'),
    but: 'The page calls it required and gives it a default.',
  },
  {
    about: 'orders',
    does: 'Service times in the past are taken, an end before its start is not.',
    evidence: chosen,
    but: 'Documents forbid the past; their examples are of 2009.',
    otherwise: 'strictTime',
  },
  {
    about: 'orders',
    does: 'Details are used strictly in order; a cancelled one is used up.',
    evidence: documented('planOrderPage'),
    but: 'That a cancelled one cannot be ordered again is decided here.',
  },
  {
    about: 'orders',
    does: 'The same number with the same parameters answers the order as it is now; with others it is INVALID_REQUEST, whatever else is wrong.',
    evidence: documented('skills'),
    but: 'Until 2021 the code was PARAM_ERROR.',
  },
  {
    about: 'orders',
    does: 'Completion may ask for at most the actual price of the detail.',
    evidence: chosen,
  },
  {
    about: 'orders',
    does: 'An order without anything to charge is DONE at its completion, and its detail USED.',
    evidence: chosen,
  },
  {
    about: 'orders',
    does: 'A completed order can be cancelled while it is not paid and no charge is running.',
    evidence: documented('orderPages'),
    but: 'Support material of 2026 and one thread say it is refused.',
    otherwise: 'cancelWhilePaying',
  },
  {
    about: 'orders',
    does: 'The charge follows the completion by itself, after the answer; a failed one is tried again every hour, without end.',
    evidence: documented('orderPages'),
    but: 'The interval is not published.',
  },
  {
    about: 'orders',
    does: 'An order may outlive its sign plan, and finish.',
    evidence: chosen,
  },
  {
    about: 'refunds',
    does: 'A refund is asked for by transaction_id; the number of a PayScore order is answered 404.',
    evidence: observed('forum'),
  },
  {
    about: 'refunds',
    does: 'Refunds of one payment never exceed it, come a minute apart, at most fifty, within 365 days.',
    evidence: documented('refundPage'),
    but: 'The codes of these refusals are decided here.',
  },
  {
    about: 'refunds',
    does: 'A refund is PROCESSING at first and SUCCESS by itself, after the answer; order and detail stay as they are.',
    evidence: chosen,
  },
  {
    about: 'callbacks',
    does: 'original_type and associated_data are payscore, of refunds refund.',
    evidence: sdk('sdks'),
    but: 'Official skeletons write transaction for PayScore.',
  },
  {
    about: 'callbacks',
    does: 'A sign notice says SIGNED, a cancel notice SIGN_PLAN_CANCEL.',
    evidence: sdk('skit'),
    but: 'The documented samples have other states in both.',
  },
  {
    about: 'callbacks',
    does: 'Sign and cancel notices are delivered 11 times in all, 60 seconds apart; others at once and then by the list of 15 steps, 24 hours and 4 minutes.',
    evidence: documented('webhooks'),
    but: 'Older pages have other lists.',
  },
  {
    about: 'callbacks',
    does: 'A stop by the merchant, a sync and the creation of a plan order are not told of.',
    evidence: chosen,
    but: 'The guide speaks of cancellations by the user.',
  },
  {
    about: 'callbacks',
    does: 'Success is 200 or 204, whatever the body says; redirects are not followed.',
    evidence: documented('skills'),
    but: 'Redirects are not spoken of.',
  },
  {
    about: 'callbacks',
    does: 'Only this machine is called, unless a host is allowed; http is as good as https.',
    evidence: chosen,
    but: 'The platform calls public https addresses.',
    otherwise: 'notifyAllow',
  },
  {
    about: 'callbacks',
    does: 'A probe carries a signature that begins WECHATPAY/SIGNTEST/; the genuine notice follows at once.',
    evidence: documented('skills'),
    but: 'When it follows is not documented, nor what accepting a probe costs.',
    otherwise: 'probes',
  },
]
