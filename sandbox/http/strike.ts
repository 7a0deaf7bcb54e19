import type { EndpointId } from '../../contracts/endpoints.ts'
import { faultHeader, magicValues, readFaultHeader } from '../faults/asked-fault.ts'
import { FaultError, FaultOrder, type FaultRules, type Strike } from '../faults/fault-rules.ts'
import { faultNames, faultOf } from '../faults/faults.ts'
import { refuse } from '../refused.ts'
import type { Received } from './received.ts'

type Request = { mchid: string; operation: EndpointId; received: Received }

/**
 * What is to go wrong with this request: what its own header asks for, what a magic value in it
 * asks for, or what was ordered before. One about callbacks waits for the merchant's next callback.
 * @throws {Refused} fieldInvalid when the header names no fault, or when too many wait
 */
export const strikeAt = (request: Request, rules: FaultRules): Strike | undefined => {
  const { mchid, operation } = request
  const asked = askedBy(request, rules)
  if (!asked) return rules.strike(mchid, operation)
  if (faultOf(asked.fault).on === 'answer') return asked

  try {
    rules.add(mchid, { ...asked, count: 1, expires_in: callbackWait })
  } catch (error) {
    if (error instanceof FaultError) return refuse('fieldInvalid', { message: error.message })
    throw error
  }
  return rules.strike(mchid, operation)
}

/** Seconds in which the callback must come. */
const callbackWait = 3600

const askedBy = ({ mchid, received }: Request, rules: FaultRules): Strike | undefined => {
  const header = received.header(faultHeader)
  if (header === undefined) {
    // The repeat goes through, or nobody could see whether a caller repeats rightly.
    return magicValues(received.body).find(({ value }) => rules.isFirst(mchid, value))
  }

  const order = FaultOrder.safeParse(readFaultHeader(header))
  if (order.success) return order.data
  const names = faultNames.join(', ')
  const message = `${faultHeader} asks for no fault of this sandbox: ${header}. There are ${names}.`
  return refuse('fieldInvalid', { message })
}
