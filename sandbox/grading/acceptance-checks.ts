import type { MistakeCode } from '../../contracts/diagnosis/mistakes.ts'
import {
  acceptsEventsInAnyOrder,
  acceptsRepetitions,
  answersInTime,
  comparesAmounts,
  refusesForgeries,
  routesBySubMerchant,
  treatsProbesLikeWrongSignatures,
  verifiesBeforeDecrypting,
} from './callback-rules.ts'
import {
  all,
  amountsIn,
  creationsForOthers,
  followsUntrustedCreation,
  hasOtherParametersThanBefore,
  isAccepted,
  isAction,
  isCreation,
  isFurtherRefund,
  isNew,
  isPartnerRequest,
  isRefund,
  isRefusedFor,
  isRepetition,
  transactionIdOf,
} from './request-predicates.ts'
import { notSeen, type Rule } from './rule.ts'
import { keyFileIsPrivate, notifyUrlIsPublic } from './setting-rules.ts'
import { queriesLostOrders, requestRule } from './traffic-rules.ts'

/** A check of WeChat Pay's own list for partners of PayScore. */
export type AcceptanceCheck = {
  number: string
  title: string
  severity: 'fatal' | 'recommended' | 'optional'
  fix: string
  rule: Rule
}

const visibleInCodeOnly: Rule = () => notSeen('Only a reading of the code shows it.')

const signedAsSubMerchant: MistakeCode = 'keyOfSubMerchant'

export const acceptanceChecks: readonly AcceptanceCheck[] = [
  {
    number: 'G1',
    title: 'answers are verified before use',
    severity: 'fatal',
    fix: 'Verify each answer before it is read; drop one that does not verify, and repeat or query.',
    rule: requestRule({
      complies: (call, earlier) =>
        followsUntrustedCreation(call, earlier) && (isCreation(call) || isAction('query')(call)),
      // A cancellation is no use of the order.
      violates: all(followsUntrustedCreation, isAction('complete', 'modify', 'pay', 'sync')),
      found: 'An order was used although the answer to its creation does not verify.',
      unseen:
        'No creation had an answer that does not verify: ask for one by POST /_sandbox/faults {"fault":"WRONG_SIGNATURE"}.',
    }),
  },
  {
    number: 'G2',
    title: 'callbacks are verified',
    severity: 'fatal',
    fix: 'Verify the raw bytes with the key that Wechatpay-Serial names, and answer 4xx or 5xx if they do not verify.',
    rule: refusesForgeries,
  },
  {
    number: 'G3',
    title: 'repeated callbacks are accepted, in a row and at the same time',
    severity: 'fatal',
    fix: 'Keep what was handled under a unique key, and answer a repetition like the first.',
    rule: acceptsRepetitions,
  },
  {
    number: 'G4',
    title: 'signature probes are no special case',
    severity: 'optional',
    fix: 'Drop what looks for WECHATPAY/SIGNTEST, and let a signature that is no Base64 fail like any other.',
    rule: treatsProbesLikeWrongSignatures,
  },
  {
    number: '1',
    title: 'callbacks are routed by sub_mchid',
    severity: 'fatal',
    fix: 'Look an order up by sub_mchid and out_order_no together.',
    rule: routesBySubMerchant,
  },
  {
    number: '2',
    title: "requests are signed with the partner's key, not the sub-merchant's",
    severity: 'fatal',
    fix: "Sign with the partner's apiclient_key.pem, mchid and serial number; the body names the sub-merchant.",
    rule: requestRule({
      complies: isPartnerRequest,
      violates: ({ diagnosis }) =>
        diagnosis?.mistakes.some(({ code }) => code === signedAsSubMerchant) ?? false,
      found: "Requests are signed with the sub-merchant's key.",
      unseen: 'No request of a partner was signed well.',
    }),
  },
  {
    number: '3',
    title: 'the call that opens the page is signed with the APIv2 key',
    severity: 'fatal',
    fix: 'Sign that call with the APIv2 key; the APIv3 key only opens callbacks.',
    rule: visibleInCodeOnly,
  },
  {
    number: '4',
    title: 'requests carry sub_mchid, and app ids that are bound to it',
    severity: 'fatal',
    fix: 'Send sub_mchid in every request, with a sub_appid that is bound to it.',
    rule: requestRule({
      complies: all(isAccepted, isPartnerRequest, ({ sub_mchid }) => sub_mchid !== undefined),
      violates: all(
        isPartnerRequest,
        (call) =>
          isRefusedFor('appidUnbound')(call) ||
          (isRefusedFor('fieldInvalid')(call) && call.sub_mchid === undefined),
      ),
      found: 'Requests lack sub_mchid, or name an app id that is not bound.',
      unseen: 'No request of a partner was accepted.',
    }),
  },
  {
    number: '5',
    title: 'callbacks are verified first and opened then',
    severity: 'fatal',
    fix: 'Open the ciphertext only after the signature has verified.',
    rule: verifiesBeforeDecrypting,
  },
  {
    number: '6',
    title: 'callbacks are told apart by sub_mchid, out_order_no and event_type',
    severity: 'fatal',
    fix: 'Recognise repetitions by the three together, and let events come in any order.',
    rule: acceptsEventsInAnyOrder,
  },
  {
    number: '7',
    title: 'orders without a callback are queried',
    severity: 'fatal',
    fix: 'Query an order some minutes after its callback was due.',
    rule: queriesLostOrders,
  },
  {
    number: '8',
    title: 'total_amount is checked before completion',
    severity: 'fatal',
    fix: 'Compute charges less discounts in fen, and complete with that.',
    rule: requestRule({
      complies: all(isAccepted, isAction('complete', 'modify')),
      violates: isRefusedFor('totalIllegal'),
      found: 'A total was sent that is not charges less discounts.',
      unseen: 'No order was completed.',
    }),
  },
  {
    number: '9',
    title: "risk fund and total are within the service's ceiling",
    severity: 'recommended',
    fix: 'Complete with no more than risk_fund.amount, and ask for no more than the service allows.',
    rule: requestRule({
      violates: isRefusedFor('totalAboveRisk'),
      found: 'A total was sent that is above the risk fund.',
      unseen: 'No total was above a risk fund, and a sandbox knows no ceilings of services.',
    }),
  },
  {
    number: '10',
    title: 'amounts are whole fen',
    severity: 'fatal',
    fix: 'Calculate in whole fen, and send numbers, not text.',
    rule: requestRule({
      complies: all(isAccepted, ({ body }) => amountsIn(body).length > 0),
      violates: ({ body }) => amountsIn(body).some((amount) => !Number.isInteger(amount)),
      found: 'Amounts were sent that are no whole numbers.',
      unseen: 'No request with an amount was accepted.',
    }),
  },
  {
    number: '11',
    title: 'state, state_description and collection.state are read together',
    severity: 'fatal',
    fix: 'Read all three before you act: what is DOING may wait for completion or for money.',
    rule: requestRule({
      complies: all(isAccepted, isAction('cancel', 'complete', 'modify', 'pay', 'sync')),
      // ORDER_DONE and a running charge do not count: payment goes on by itself.
      violates: all(
        isNew,
        isRefusedFor(
          'orderStateIllegal',
          'payTooEarly',
          'modifyNotPaying',
          'cancelNotAllowed',
          'orderCanceled',
        ),
      ),
      found: 'Something was asked for that the state of the order does not allow.',
      unseen: 'Nothing was done with an order.',
    }),
  },
  {
    number: '12',
    title: 'refunds name transaction_id and sub_mchid',
    severity: 'fatal',
    fix: 'Ask for refunds by the transaction_id of the paid order, with its sub_mchid.',
    rule: requestRule({
      complies: all(
        isAccepted,
        isRefund,
        (call) => transactionIdOf(call) !== undefined && call.sub_mchid !== undefined,
      ),
      violates: all(
        isRefund,
        (call, earlier) =>
          transactionIdOf(call) === undefined ||
          // A merchant without a partner has no sub_mchid.
          (!call.isAccepted && call.sub_mchid === undefined && earlier.some(isPartnerRequest)),
      ),
      found: 'A refund was asked for without transaction_id or without sub_mchid.',
      unseen: 'No payment of a sub-merchant was refunded.',
    }),
  },
  {
    number: '13',
    title: 'refunds of a payment are added up',
    severity: 'fatal',
    fix: 'Add up what was refunded already before you ask for one more.',
    rule: requestRule({
      complies: all(isAccepted, isRefund, isFurtherRefund),
      violates: isRefusedFor('refundTooMuch'),
      found: 'More was to be refunded than was paid.',
      unseen: 'No payment was refunded in several parts.',
    }),
  },
  {
    number: '14',
    title: 'the app id that opens the page is the one that created the order',
    severity: 'fatal',
    fix: 'Open the page from the app whose id the creation named.',
    rule: visibleInCodeOnly,
  },
  {
    number: '15',
    title: 'post_payments are filled as the guide of the industry says',
    severity: 'fatal',
    fix: 'Compare names and descriptions with the guide of your industry.',
    rule: visibleInCodeOnly,
  },
  {
    number: '16, 17',
    title: 'partner, sub-merchant and service are authorised and bound',
    severity: 'recommended',
    fix: 'Bind the sub-merchant and its service on the partner platform before you call for it.',
    rule: requestRule({
      complies: all(isAccepted, isPartnerRequest, isCreation),
      violates: isRefusedFor('serviceForbidden', 'subMerchantUnbound'),
      found: 'Requests name a sub-merchant or a service that the partner may not use.',
      unseen: 'No order of a sub-merchant was created.',
    }),
  },
  {
    number: '18',
    title: 'profit sharing is asked for at completion, and done after payment',
    severity: 'recommended',
    fix: 'Send profit_sharing with the completion only, and share once the order is paid.',
    rule: requestRule({
      violates: (call) =>
        Reflect.has(Object(call.body), 'profit_sharing') && !isAction('complete')(call),
      found: 'Profit sharing was asked for elsewhere than at completion.',
      unseen: 'The sharing itself is no part of a sandbox.',
    }),
  },
  {
    number: '19',
    title: 'sync is repeated with the same parameters',
    severity: 'recommended',
    fix: 'Keep what was reported, and repeat exactly that.',
    rule: requestRule({
      complies: all(isAction('sync'), isRepetition),
      violates: all(isAction('sync'), hasOtherParametersThanBefore),
      found: 'A sync was repeated with other parameters.',
      unseen: 'No sync was repeated.',
    }),
  },
  {
    number: '20',
    title: 'no keys stand in the code',
    severity: 'fatal',
    fix: 'Load keys from files or a vault, and change those that were committed.',
    rule: visibleInCodeOnly,
  },
  {
    number: '21',
    title: 'the private key file is readable by its owner only',
    severity: 'recommended',
    fix: 'Run chmod 600 on it.',
    rule: keyFileIsPrivate,
  },
  {
    number: '22',
    title: 'modifications only lower the amount',
    severity: 'recommended',
    fix: 'Modify to less than the amount of completion; create a new order for more.',
    rule: requestRule({
      complies: all(isAccepted, isAction('modify')),
      violates: all(isNew, isRefusedFor('modifyNotLower')),
      found: 'An order was to be modified to an amount that is not lower.',
      unseen: 'No order was modified.',
    }),
  },
  {
    number: '23',
    title: 'notify_url is public https without a query',
    severity: 'fatal',
    fix: 'Give an https address that the internet reaches, and put what you need into its path.',
    rule: notifyUrlIsPublic,
  },
  {
    number: '24',
    title: 'callbacks are answered within 5 s',
    severity: 'fatal',
    fix: 'Answer as soon as the callback is stored, and do the rest afterwards.',
    rule: answersInTime,
  },
  {
    number: '25',
    title: "the paid amount is compared with the order's",
    severity: 'fatal',
    fix: 'Settle an order only if the amount is that of its completion; refuse the callback otherwise.',
    rule: comparesAmounts,
  },
  {
    number: '26',
    title: 'test users are on the white list',
    severity: 'optional',
    fix: 'Add them on the merchant platform before they try it.',
    rule: visibleInCodeOnly,
  },
  {
    number: '27',
    title: 'device.start_device_id is sent where the industry needs it',
    severity: 'recommended',
    fix: 'Send it with creation if the guide of your industry asks for it.',
    rule: visibleInCodeOnly,
  },
  {
    number: '28',
    title: 'out_order_no is unique across sub-merchants',
    severity: 'recommended',
    fix: 'Number the orders of all sub-merchants in one sequence, or put the sub-merchant into the number.',
    rule: requestRule({
      complies: all(
        isAccepted,
        isCreation,
        (call, earlier) => creationsForOthers(call, earlier).length > 0,
      ),
      violates: all(isCreation, (call, earlier) =>
        creationsForOthers(call, earlier).some(({ number }) => number === call.number),
      ),
      found: 'One out_order_no was used for two sub-merchants.',
      unseen: 'No orders of two sub-merchants were created.',
    }),
  },
]

/** The checks of this number, else those whose title has this text. */
export const findChecks = (text: string): readonly AcceptanceCheck[] => {
  const numbered = acceptanceChecks.filter(({ number }) =>
    [number, ...number.split(', ')].includes(text),
  )
  return numbered.length > 0
    ? numbered
    : acceptanceChecks.filter(({ title }) => title.includes(text))
}
