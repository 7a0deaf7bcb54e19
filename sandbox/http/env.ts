import type { MerchantKeys } from '../authority/authority.ts'
import type { Bindings } from './received.ts'

/** What a request carries through the app. */
export type Env = {
  Bindings: Bindings
  Variables: { merchant?: MerchantKeys; body?: Uint8Array; situation?: string }
}
