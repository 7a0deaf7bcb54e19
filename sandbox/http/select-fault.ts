import type { EndpointId } from '../../contracts/endpoints.ts'
import { fill, list, renderBoth } from '../../contracts/texts.ts'
import { refuse } from '../domain/refused.ts'
import {
  type ActiveFault,
  FaultError,
  type FaultQueue,
  FaultRequest,
} from '../faults/fault-queue.ts'
import { faultNames, faultOf } from '../faults/faults.ts'
import { faultHeader, magicValues, readFaultHeader } from '../faults/requested-fault.ts'
import { faultTexts } from '../faults/texts.ts'
import type { RawRequest } from './env.ts'

type Request = { mchid: string; operation: EndpointId; received: RawRequest }

/**
 * What is to go wrong with this request: what its own header asks for, what a magic value in it
 * asks for, or what was ordered before. One about callbacks waits for the merchant's next callback.
 * @throws {Refused} fieldInvalid when the header names no fault, or when too many wait
 */
export const selectFault = async (
  request: Request,
  queue: FaultQueue,
): Promise<ActiveFault | undefined> => {
  const { mchid, operation } = request
  const asked = await askedBy(request, queue)
  if (!asked) return queue.next(mchid, operation)
  if (faultOf(asked.fault).on === 'answer') return asked

  try {
    await queue.add(mchid, { ...asked, count: 1, expires_in: callbackWait })
  } catch (error) {
    if (error instanceof FaultError) {
      return refuse('fieldInvalid', { message: renderBoth(error.sentence) })
    }
    throw error
  }
  return queue.next(mchid, operation)
}

/** Seconds in which the callback must come. */
const callbackWait = 3600

const askedBy = async (
  { mchid, received }: Request,
  queue: FaultQueue,
): Promise<ActiveFault | undefined> => {
  const header = received.header(faultHeader)
  if (header === undefined) {
    // The repeat goes through, or nobody could see whether a caller repeats rightly.
    for (const magic of magicValues(received.body)) {
      if (await queue.isFirst(mchid, magic.value)) return magic
    }
    return undefined
  }

  const order = FaultRequest.safeParse(readFaultHeader(header))
  if (order.success) return order.data
  const names = list(faultNames)
  const unknown = fill(faultTexts.headerUnknown, { header: faultHeader, value: header, names })
  // No such header is WeChat Pay's: this answer is ours, in both languages.
  return refuse('fieldInvalid', { message: renderBoth(unknown) })
}
