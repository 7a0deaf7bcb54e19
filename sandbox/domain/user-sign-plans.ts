import type { Situation } from '../../contracts/errors.ts'
import { isFinalState, moves, nextState } from '../../contracts/states.ts'
import { day, formatRfc3339, startOfDay } from '../../contracts/time.ts'
import type {
  CancelSignType,
  CreateUserSignPlan,
  UserSignPlan,
} from '../../contracts/user-sign-plans.ts'
import { accept, type Decision, refusal } from './decision.ts'
import type { User } from './merchants.ts'
import type { PlanRecord, WithRequired } from './plans.ts'
import { conflictOf } from './re-entry.ts'

/** A user's sign plan as it is remembered; times in milliseconds. */
export type UserSignPlanRecord = {
  mchid: string
  request: CreateUserSignPlan
  signPlan: WithRequired<UserSignPlan, 'signed_detail_list'>
  plan_duration: number
  /** Opens the signing page until `packageExpires`. */
  package: string
  packageExpires: number
  /** `plan_over_time`; nothing once the state is final. */
  due?: number
}

type SignPlan = UserSignPlanRecord['signPlan']

export type SignPlanEvent = 'user-signed' | 'user-cancelled'

type Result = Decision<UserSignPlanRecord, SignPlanEvent>

const packageLifetime = 2 * 60 * 60 * 1000

/** The plan ends at midnight, so many days after the day counted from. */
const overTime = (at: number, plan_duration: number) => startOfDay(at) + (plan_duration + 1) * day

type CreateCommand = {
  request: CreateUserSignPlan
  mchid: string
  plan: PlanRecord | undefined
  sign_plan_id: string
  package: string
  /** Whether one of the detail numbers already names a detail or an order. */
  numberUsed: boolean
  at: number
}

/** Creates an unsigned sign plan; the same request again gives the same plan with a new package. */
export const createSignPlan = (
  known: UserSignPlanRecord | undefined,
  command: CreateCommand,
): Result => {
  const { request, mchid, plan: owner, at } = command
  if (known) return repeatCreation(known, command)

  if (owner === undefined) return refusal('planUnknown')
  const situation = checkUser(request) ?? checkPlan(request, owner) ?? checkNumbers(command)
  if (situation) return refusal(situation)

  const { plan } = owner
  const { notify_url, sign_plan_detail, plan_id, merchant_sign_plan_no, ...parties } = request
  const due = overTime(at, plan.plan_duration)
  const signPlan: SignPlan = {
    sign_plan_id: command.sign_plan_id,
    ...parties,
    mchid,
    merchant_sign_plan_no,
    merchant_callback_url: notify_url,
    plan_id,
    going_detail_no: 0,
    sign_state: moves.signplan.none.create.to,
    cancel_sign_time: '',
    cancel_sign_type: 'NOT_CANCEL',
    cancel_reason: '',
    plan_name: plan.plan_name,
    plan_over_time: formatRfc3339(due),
    total_origin_price: plan.total_original_price,
    deduction_quantity: plan.deduction_quantity,
    total_actual_price: plan.total_actual_price,
    signed_detail_list: plan.plan_detail_list.map((detail, index) => ({
      plan_detail_no: detail.plan_detail_no,
      original_price: detail.original_price,
      plan_discount_description: detail.plan_discount_description ?? '',
      actual_price: detail.actual_price,
      plan_detail_state: moves.detail.none.create.to,
      order_id: '',
      merchant_plan_detail_no: sign_plan_detail[index]?.merchant_plan_detail_no ?? '',
      plan_detail_name: detail.plan_detail_name,
      actual_pay_price: 0,
      use_time: '',
      complete_time: '',
      cancel_time: '',
    })),
    sign_time: '',
  }

  return accept({
    mchid,
    request,
    signPlan,
    plan_duration: plan.plan_duration,
    package: command.package,
    packageExpires: at + packageLifetime,
    due,
  })
}

const repeatCreation = (known: UserSignPlanRecord, command: CreateCommand): Result => {
  const conflict = conflictOf(known.request, command.request)
  if (conflict) return conflict
  if (known.signPlan.sign_state !== 'UNSIGNED' || isOver(known, command.at)) {
    return refusal('signPlanStateIllegal')
  }

  const packageExpires = command.at + packageLifetime
  return accept({ ...known, package: command.package, packageExpires })
}

const checkUser = (user: User & { sub_appid?: string | undefined }): Situation | undefined => {
  if ((user.openid === undefined) === (user.sub_openid === undefined)) return 'userAmbiguous'
  return user.sub_openid !== undefined && user.sub_appid === undefined
    ? 'subAppidMissing'
    : undefined
}

const checkPlan = (request: CreateUserSignPlan, { plan }: PlanRecord): Situation | undefined => {
  if (plan.plan_state === 'STOP') return 'planStopped'
  const fits =
    plan.service_id === request.service_id &&
    plan.sub_mchid === request.sub_mchid &&
    plan.appid === request.appid
  if (!fits) return 'planMismatch'

  const inOrder = request.sign_plan_detail.every(
    ({ plan_detail_no }, index) => plan_detail_no === index + 1,
  )
  return inOrder && request.sign_plan_detail.length === plan.deduction_quantity
    ? undefined
    : 'signPlanDetailsMismatch'
}

const checkNumbers = ({ request, numberUsed }: CreateCommand): Situation | undefined => {
  const numbers = request.sign_plan_detail.map((detail) => detail.merchant_plan_detail_no)
  return numberUsed || new Set(numbers).size < numbers.length ? 'numberUsed' : undefined
}

/** The user signs on the page that the package opens, while the plan is NORMAL. */
export const signSignPlan = (
  record: UserSignPlanRecord,
  { plan, at }: { plan: PlanRecord; at: number },
): Result => {
  const state = nextState('signplan', record.signPlan.sign_state, 'sign')
  if (!state || isOver(record, at) || at >= record.packageExpires) {
    return refusal('signPlanStateIllegal')
  }
  if (plan.plan.plan_state === 'STOP') return refusal('planStopped')

  const due = overTime(at, record.plan_duration)
  const signPlan: SignPlan = {
    ...record.signPlan,
    sign_state: state,
    sign_time: formatRfc3339(at),
    plan_over_time: formatRfc3339(due),
  }
  return accept({ ...record, signPlan, due }, 'user-signed')
}

/** The user closes the page without signing; that page's package is used up. */
export const refuseToSign = (record: UserSignPlanRecord, { at }: { at: number }): Result =>
  record.signPlan.sign_state === 'UNSIGNED'
    ? accept({ ...record, packageExpires: at })
    : refusal('signPlanStateIllegal')

/** Whether the plan's time is up, whether or not anybody has looked yet. */
export const isOver = ({ due }: UserSignPlanRecord, at: number): boolean =>
  due !== undefined && at >= due

type Ending = { move: 'stop' | 'cancel' | 'revoke'; reason: string; at: number }

const cancelTypes = {
  stop: 'MERCHANT',
  cancel: 'USER',
  revoke: 'REVOKE_SERVICE',
} as const satisfies Record<Ending['move'], CancelSignType>

/** Ends a sign plan: by the merchant, by its user, or because the user revoked the service. */
export const endSignPlan = (record: UserSignPlanRecord, { move, reason, at }: Ending): Result => {
  const { signPlan } = record
  const isRepeat =
    signPlan.sign_state === 'SIGN_PLAN_CANCEL' &&
    signPlan.cancel_sign_type === cancelTypes[move] &&
    signPlan.cancel_reason === reason
  if (isRepeat) return accept(record)

  const state = nextState('signplan', signPlan.sign_state, move)
  if (!state || isOver(record, at)) return refusal('signPlanStateIllegal')
  const isRunning = signPlan.signed_detail_list.some(
    ({ plan_detail_state }) => plan_detail_state === 'USING',
  )
  if (isRunning) return refusal('signPlanDetailUsing')

  const { due: _, ...rest } = record
  const ended: SignPlan = {
    ...signPlan,
    sign_state: state,
    cancel_sign_time: formatRfc3339(at),
    cancel_sign_type: cancelTypes[move],
    cancel_reason: reason,
  }
  const next = { ...rest, signPlan: ended }
  return move === 'stop' ? accept(next) : accept(next, 'user-cancelled')
}

/** The plan's time is up. A running order may finish, none can begin. */
export const expireSignPlan = (record: UserSignPlanRecord): Result => {
  const state = nextState('signplan', record.signPlan.sign_state, 'expire')
  if (!state) return refusal('signPlanStateIllegal')

  const { due: _, ...rest } = record
  return accept({ ...rest, signPlan: { ...record.signPlan, sign_state: state } })
}

type Detail = SignPlan['signed_detail_list'][number]

const isFinal = ({ plan_detail_state }: Detail) => isFinalState('detail', plan_detail_state)

type Use = User & {
  service_id: string
  appid: string
  sub_mchid?: string | undefined
  sub_appid?: string | undefined
  plan_detail_no: number
  out_trade_no: string
}

/** Why the next order may not use this detail; nothing when it may. */
export const checkUse = (
  record: UserSignPlanRecord,
  { use, signer, at }: { use: Use; signer: User; at: number },
): Situation | undefined => {
  const { signPlan } = record
  if (use.sub_mchid !== signPlan.sub_mchid) return 'signPlanUnknown'
  if (use.service_id !== signPlan.service_id || use.appid !== signPlan.appid) return 'orderMismatch'
  const user = checkSigner(use, signer)
  if (user) return user

  const detail = signPlan.signed_detail_list[use.plan_detail_no - 1]
  if (detail === undefined) return 'detailUnknown'
  if (detail.order_id !== '') return 'reentryMismatch'
  if (detail.merchant_plan_detail_no !== use.out_trade_no) return 'detailNumberMismatch'
  if (signPlan.sign_state !== 'SIGNED' || isOver(record, at)) return 'signPlanStateIllegal'

  const before = signPlan.signed_detail_list.slice(0, use.plan_detail_no - 1)
  return before.every(isFinal) ? undefined : 'detailOutOfOrder'
}

const checkSigner = (use: Use, signer: User): Situation | undefined => {
  if (use.openid === undefined && use.sub_openid === undefined) return 'userMissing'
  if (use.sub_openid !== undefined && use.sub_appid === undefined) return 'subAppidMissing'
  const fits =
    (use.openid === undefined || use.openid === signer.openid) &&
    (use.sub_openid === undefined || use.sub_openid === signer.sub_openid)

  return fits ? undefined : 'userNotSigner'
}

/** What its order does to a detail. */
export type DetailCommand =
  | { move: 'use'; order_id: string; at: number }
  | { move: 'complete'; total_amount: number }
  | { move: 'pay'; total_amount: number; at: number }
  | { move: 'cancel'; at: number }

/** Moves a detail along with its order; after the last one the plan is COMPLETE. */
export const moveDetail = (
  record: UserSignPlanRecord,
  plan_detail_no: number,
  command: DetailCommand,
): Result => {
  const { signPlan } = record
  const detail = signPlan.signed_detail_list[plan_detail_no - 1]
  if (detail === undefined) return refusal('detailUnknown')

  const state = nextState('detail', detail.plan_detail_state, command.move)
  if (!state) return refusal('detailOutOfOrder')

  const moved = { ...detail, ...changeOf(command), plan_detail_state: state }
  const signed_detail_list = signPlan.signed_detail_list.with(plan_detail_no - 1, moved)
  const going_detail_no = command.move === 'use' ? plan_detail_no : signPlan.going_detail_no
  const next = { ...record, signPlan: { ...signPlan, going_detail_no, signed_detail_list } }

  return accept(signed_detail_list.every(isFinal) ? finished(next) : next)
}

const changeOf = (command: DetailCommand): Partial<Detail> => {
  switch (command.move) {
    case 'use':
      return { order_id: command.order_id, use_time: formatRfc3339(command.at) }
    case 'complete':
      return { actual_pay_price: command.total_amount }
    case 'pay':
      return {
        actual_pay_price: command.total_amount,
        complete_time: formatRfc3339(command.at),
      }
    case 'cancel':
      return { cancel_time: formatRfc3339(command.at), actual_pay_price: 0 }
  }
}

const finished = (record: UserSignPlanRecord): UserSignPlanRecord => {
  const state = nextState('signplan', record.signPlan.sign_state, 'finish')
  if (!state) return record

  const { due: _, ...rest } = record
  return { ...rest, signPlan: { ...record.signPlan, sign_state: state } }
}
