import type { RawRequest } from './raw-request.ts'

/** The target of the documented example call. */
export const seed = '/v3/payscore/sign-plan/partner/serviceorder'

export const seedRequest = (body: string | Uint8Array): RawRequest => ({
  method: 'POST',
  target: seed,
  body,
})
