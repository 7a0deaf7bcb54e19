import type { FaultName } from '../../sandbox/faults/faults.ts'

type Seen = {
  /** What our client says. */
  code: string
  outcome: 'refused' | 'unknown'
  status?: number
  /** What the axios plugin says. */
  witness: string
}

/** How a fault is to be told from others. */
export const classified: Partial<Record<FaultName, Seen>> = {
  SYSTEM_ERROR: { code: 'REFUSED', outcome: 'unknown', status: 500, witness: 'ERR_BAD_RESPONSE' },
  SYSTEM_ERROR_AFTER: {
    code: 'REFUSED',
    outcome: 'unknown',
    status: 500,
    witness: 'ERR_BAD_RESPONSE',
  },
  FREQUENCY_LIMITED: {
    code: 'REFUSED',
    outcome: 'refused',
    status: 429,
    witness: 'ERR_BAD_REQUEST',
  },
  ERROR: { code: 'REFUSED', outcome: 'refused', status: 403, witness: 'ERR_BAD_REQUEST' },
  BAD_GATEWAY: { code: 'REFUSED', outcome: 'unknown', status: 502, witness: 'ERR_BAD_RESPONSE' },
  SERVICE_UNAVAILABLE: {
    code: 'REFUSED',
    outcome: 'unknown',
    status: 503,
    witness: 'ERR_BAD_RESPONSE',
  },
  CLOSED: { code: 'CONNECTION_FAILED', outcome: 'unknown', witness: 'ECONNRESET' },
  CLOSED_AFTER: { code: 'CONNECTION_FAILED', outcome: 'unknown', witness: 'ECONNRESET' },
  ANSWER_LOST: { code: 'TIMEOUT', outcome: 'unknown', witness: 'ECONNABORTED' },
  WRONG_SIGNATURE: {
    code: 'SIGNATURE_MISMATCH',
    outcome: 'unknown',
    witness: 'EV3_RES_HEADER_SIGNATURE_DIGEST',
  },
  PROBE: {
    code: 'SIGNATURE_MISMATCH',
    outcome: 'unknown',
    witness: 'EV3_RES_HEADER_SIGNATURE_DIGEST',
  },
  PROBE_BROKEN: {
    code: 'SIGNATURE_MISMATCH',
    outcome: 'unknown',
    witness: 'EV3_RES_HEADER_SIGNATURE_DIGEST',
  },
  UNKNOWN_SERIAL: {
    code: 'SERIAL_UNKNOWN',
    outcome: 'unknown',
    witness: 'EV3_RES_HEADER_PLATFORM_SERIAL',
  },
  OLD_TIMESTAMP: {
    code: 'TIMESTAMP_OFFSET',
    outcome: 'unknown',
    witness: 'EV3_RES_HEADER_TIMESTAMP_OFFSET',
  },
  BODY_CHANGED: {
    code: 'SIGNATURE_MISMATCH',
    outcome: 'unknown',
    witness: 'EV3_RES_HEADER_SIGNATURE_DIGEST',
  },
  UNSIGNED: {
    code: 'SIGNATURE_HEADERS_MISSING',
    outcome: 'unknown',
    witness: 'EV3_RES_HEADERS_INCOMPLATE',
  },
  ROTATION: {
    code: 'SERIAL_UNKNOWN',
    outcome: 'unknown',
    witness: 'EV3_RES_HEADER_PLATFORM_SERIAL',
  },
}
