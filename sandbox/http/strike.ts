import type { EndpointId } from '../../contracts/endpoints.ts'
import { faultHeader, magicValues, readFaultHeader } from '../faults/asked-fault.ts'
import type { FaultRules, Strike } from '../faults/fault-rules.ts'
import { faultNames, faultOf } from '../faults/faults.ts'
import { refuse } from '../refused.ts'
import type { Received } from './received.ts'

type Request = { mchid: string; operation: EndpointId; received: Received }

/**
 * What is to go wrong with this request: what its own header asks for, what a magic value in it
 * asks for, or what was ordered before. One about callbacks waits for the merchant's next callback.
 * @throws {Refused} fieldInvalid when the header names no fault
 */
export const strikeAt = (request: Request, rules: FaultRules): Strike | undefined => {
  const { mchid, operation } = request
  const asked = askedBy(request, rules)
  if (asked && faultOf(asked.fault).on === 'callback') {
    rules.add(mchid, { ...asked, count: 1, expires_in: callbackWait })
  } else if (asked) {
    return asked
  }

  return rules.strike(mchid, operation)
}

/** Seconds in which the callback must come. */
const callbackWait = 3600

const askedBy = ({ mchid, received }: Request, rules: FaultRules): Strike | undefined => {
  const header = received.header(faultHeader)
  if (header !== undefined) {
    const message = `${faultHeader} names no fault of this sandbox: ${header}. There are ${faultNames.join(', ')}.`
    return readFaultHeader(header) ?? refuse('fieldInvalid', { message })
  }

  // The repeat goes through, or nobody could see whether a caller repeats rightly.
  return magicValues(received.body).find(({ value }) => rules.isFirst(mchid, value))
}
