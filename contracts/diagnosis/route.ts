import type { Endpoint } from '../endpoint.ts'
import { endpoints } from '../endpoints.ts'
import { fitsTemplate } from '../paths.ts'

/** The operations whose path template fits; several share a path. */
export const endpointsAt = (path: string): Endpoint[] =>
  Object.values(endpoints).filter((endpoint) => fitsTemplate(endpoint.path, path))
