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
  namesSubMerchant,
  transactionIdOf,
} from './request-predicates.ts'
import { notSeen, type Rule } from './rule.ts'
import { keyFileIsPrivate, notifyUrlIsPublic } from './setting-rules.ts'
import { type CheckNumber, checkTitleTexts } from './texts/checks.ts'
import { reasonTexts } from './texts/reasons.ts'
import type { severityTexts } from './texts/report.ts'
import { queriesLostOrders, requestRule, signsAsPartner } from './traffic-rules.ts'

/** A check of WeChat Pay's own list for partners of PayScore. */
export type AcceptanceCheck = {
  number: CheckNumber
  /** By what of the merchant it is seen. */
  seenBy: 'callbacks' | 'requests' | 'settings' | 'code'
  severity: keyof typeof severityTexts
  rule: Rule
}

const visibleInCodeOnly: Rule = () => notSeen(reasonTexts.inCodeOnly)

export const acceptanceChecks: readonly AcceptanceCheck[] = [
  {
    number: 'G1',
    seenBy: 'requests',
    severity: 'fatal',
    rule: requestRule({
      complies: (call, earlier) =>
        followsUntrustedCreation(call, earlier) && (isCreation(call) || isAction('query')(call)),
      // A cancellation is no use of the order.
      violates: all(followsUntrustedCreation, isAction('complete', 'modify', 'pay', 'sync')),
      found: reasonTexts.unverifiedAnswerUsed,
      unseen: reasonTexts.answersAllVerify,
    }),
  },
  {
    number: 'G2',
    seenBy: 'callbacks',
    severity: 'fatal',
    rule: refusesForgeries,
  },
  {
    number: 'G3',
    seenBy: 'callbacks',
    severity: 'fatal',
    rule: acceptsRepetitions,
  },
  {
    number: 'G4',
    seenBy: 'callbacks',
    severity: 'optional',
    rule: treatsProbesLikeWrongSignatures,
  },
  {
    number: '1',
    seenBy: 'callbacks',
    severity: 'fatal',
    rule: routesBySubMerchant,
  },
  {
    number: '2',
    seenBy: 'requests',
    severity: 'fatal',
    rule: signsAsPartner,
  },
  {
    number: '3',
    seenBy: 'code',
    severity: 'fatal',
    rule: visibleInCodeOnly,
  },
  {
    number: '4',
    seenBy: 'requests',
    severity: 'fatal',
    rule: requestRule({
      complies: all(isAccepted, isPartnerRequest, namesSubMerchant),
      violates: all(
        isPartnerRequest,
        (call) =>
          isRefusedFor('appidUnbound')(call) ||
          (isRefusedFor('fieldInvalid')(call) && call.sub_mchid === undefined),
      ),
      found: reasonTexts.subMchidMissing,
      unseen: reasonTexts.partnerRequestsNotAccepted,
    }),
  },
  {
    number: '5',
    seenBy: 'callbacks',
    severity: 'fatal',
    rule: verifiesBeforeDecrypting,
  },
  {
    number: '6',
    seenBy: 'callbacks',
    severity: 'fatal',
    rule: acceptsEventsInAnyOrder,
  },
  {
    number: '7',
    seenBy: 'requests',
    severity: 'fatal',
    rule: queriesLostOrders,
  },
  {
    number: '8',
    seenBy: 'requests',
    severity: 'fatal',
    rule: requestRule({
      complies: all(isAccepted, isAction('complete', 'modify')),
      violates: isRefusedFor('totalIllegal'),
      found: reasonTexts.totalWrong,
      unseen: reasonTexts.completionsMissing,
    }),
  },
  {
    number: '9',
    seenBy: 'requests',
    severity: 'recommended',
    rule: requestRule({
      violates: isRefusedFor('totalAboveRisk'),
      found: reasonTexts.totalAboveRisk,
      unseen: reasonTexts.ceilingsUnknown,
    }),
  },
  {
    number: '10',
    seenBy: 'requests',
    severity: 'fatal',
    rule: requestRule({
      complies: all(isAccepted, ({ body }) => amountsIn(body).length > 0),
      violates: ({ body }) => amountsIn(body).some((amount) => !Number.isInteger(amount)),
      found: reasonTexts.amountsNotWhole,
      unseen: reasonTexts.amountsMissing,
    }),
  },
  {
    number: '11',
    seenBy: 'requests',
    severity: 'fatal',
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
      found: reasonTexts.stateNotAllowing,
      unseen: reasonTexts.actionsMissing,
    }),
  },
  {
    number: '12',
    seenBy: 'requests',
    severity: 'fatal',
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
      found: reasonTexts.refundIncomplete,
      unseen: reasonTexts.refundsMissing,
    }),
  },
  {
    number: '13',
    seenBy: 'requests',
    severity: 'fatal',
    rule: requestRule({
      complies: all(isAccepted, isRefund, isFurtherRefund),
      violates: isRefusedFor('refundTooMuch'),
      found: reasonTexts.refundTooMuch,
      unseen: reasonTexts.partialRefundsMissing,
    }),
  },
  {
    number: '14',
    seenBy: 'code',
    severity: 'fatal',
    rule: visibleInCodeOnly,
  },
  {
    number: '15',
    seenBy: 'code',
    severity: 'fatal',
    rule: visibleInCodeOnly,
  },
  {
    number: '16, 17',
    seenBy: 'requests',
    severity: 'recommended',
    rule: requestRule({
      complies: all(isAccepted, isPartnerRequest, isCreation),
      violates: isRefusedFor('serviceForbidden', 'subMerchantUnbound'),
      found: reasonTexts.notAuthorised,
      unseen: reasonTexts.creationsMissing,
    }),
  },
  {
    number: '18',
    seenBy: 'requests',
    severity: 'recommended',
    rule: requestRule({
      violates: (call) =>
        Reflect.has(Object(call.body), 'profit_sharing') && !isAction('complete')(call),
      found: reasonTexts.sharingElsewhere,
      unseen: reasonTexts.sharingUnseen,
    }),
  },
  {
    number: '19',
    seenBy: 'requests',
    severity: 'recommended',
    rule: requestRule({
      complies: all(isAction('sync'), isRepetition),
      violates: all(isAction('sync'), hasOtherParametersThanBefore),
      found: reasonTexts.syncChanged,
      unseen: reasonTexts.syncsMissing,
    }),
  },
  {
    number: '20',
    seenBy: 'code',
    severity: 'fatal',
    rule: visibleInCodeOnly,
  },
  {
    number: '21',
    seenBy: 'settings',
    severity: 'recommended',
    rule: keyFileIsPrivate,
  },
  {
    number: '22',
    seenBy: 'requests',
    severity: 'recommended',
    rule: requestRule({
      complies: all(isAccepted, isAction('modify')),
      violates: all(isNew, isRefusedFor('modifyNotLower')),
      found: reasonTexts.amountNotLowered,
      unseen: reasonTexts.modificationsMissing,
    }),
  },
  {
    number: '23',
    seenBy: 'settings',
    severity: 'fatal',
    rule: notifyUrlIsPublic,
  },
  {
    number: '24',
    seenBy: 'callbacks',
    severity: 'fatal',
    rule: answersInTime,
  },
  {
    number: '25',
    seenBy: 'callbacks',
    severity: 'fatal',
    rule: comparesAmounts,
  },
  {
    number: '26',
    seenBy: 'code',
    severity: 'optional',
    rule: visibleInCodeOnly,
  },
  {
    number: '27',
    seenBy: 'code',
    severity: 'recommended',
    rule: visibleInCodeOnly,
  },
  {
    number: '28',
    seenBy: 'requests',
    severity: 'recommended',
    rule: requestRule({
      complies: all(
        isAccepted,
        isCreation,
        (call, earlier) => creationsForOthers(call, earlier).length > 0,
      ),
      violates: all(isCreation, (call, earlier) =>
        creationsForOthers(call, earlier).some(({ number }) => number === call.number),
      ),
      found: reasonTexts.numberSharedBySubMerchants,
      unseen: reasonTexts.secondSubMerchantMissing,
    }),
  },
]

/** The checks of this number, else those whose title has this text, in either language. */
export const findChecks = (text: string): readonly AcceptanceCheck[] => {
  const numbered = acceptanceChecks.filter(({ number }) =>
    [number, ...number.split(', ')].includes(text),
  )
  if (numbered.length > 0) return numbered

  return acceptanceChecks.filter(({ number }) => {
    const { en, zh } = checkTitleTexts[number]
    return en.includes(text) || zh.includes(text)
  })
}
