import type { EndpointId } from '../../contracts/endpoints.ts'
import type { Situation } from '../../contracts/errors.ts'
import type { MerchantKeys } from '../authority/authority.ts'
import type { Strike } from '../faults/fault-rules.ts'
import type { Bindings, Received } from './received.ts'
import type { Trace } from './record.ts'

/** What a request carries through the app. */
export type Env = {
  Bindings: Bindings
  Variables: {
    trace: Trace
    operation?: EndpointId
    received?: Received
    merchant?: MerchantKeys
    strike?: Strike
    situation?: Situation
    /** The text of the answer. */
    text?: string
    /** Its number in the journal. */
    entry?: number
  }
}
