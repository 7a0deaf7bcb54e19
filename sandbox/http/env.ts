import type { HttpBindings } from '@hono/node-server'
import type { EndpointId } from '../../contracts/endpoints.ts'
import type { Situation } from '../../contracts/errors.ts'
import type { Sentence } from '../../contracts/texts.ts'
import type { MerchantKeys } from '../authority/authority.ts'
import type { ActiveFault } from '../faults/fault-queue.ts'
import type { Check } from '../journal/entries.ts'

/** A request as it came: target and body byte for byte, since that is what was signed. */
export type RawRequest = {
  method: string
  target: string
  body: Uint8Array
  header: (name: string) => string | undefined
  /** Notes that a check held. */
  passed: (check: Check) => void
}

/** In-process there is no wire, so the bindings are absent and the URL is taken as it is. */
export type Bindings = Partial<HttpBindings>

export type Env = { Bindings: Bindings }

/** A request on its way through the app: when it began, and what has become known of it since. */
export type Trace = {
  /** Milliseconds of wall time. */
  at: number
  /** The same moment on the clock that measures. */
  begin: number
  /** When each check held; see the journal. */
  passed: number[]
  operation?: EndpointId
  received?: RawRequest
  merchant?: MerchantKeys
  /** What goes wrong on purpose. */
  fault?: ActiveFault
  situation?: Situation
  /** Why, for people; never on the wire. */
  reason?: Sentence
}
