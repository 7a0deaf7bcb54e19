import type { EndpointId } from '../../contracts/endpoints.ts'
import type { Situation } from '../../contracts/errors.ts'
import type { MerchantKeys } from '../authority/authority.ts'
import type { ActiveFault } from '../faults/fault-queue.ts'
import type { Trace } from './journal-middleware.ts'
import type { Bindings, RawRequest } from './raw-request.ts'

/** What a request carries through the app. */
export type Env = {
  Bindings: Bindings
  Variables: {
    trace: Trace
    operation?: EndpointId
    received?: RawRequest
    merchant?: MerchantKeys
    /** What goes wrong on purpose. */
    fault?: ActiveFault
    situation?: Situation
    /** The text of the answer. */
    text?: string
    /** Its number in the journal. */
    entry?: number
  }
}
