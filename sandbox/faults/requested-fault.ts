import { situationNamed } from '../../contracts/errors.ts'
import { type FaultName, isFaultName } from './faults.ts'

/** The header of WeChat Pay's own v2 sandbox; `; seconds=N` or `; error=NAME` may follow the name. */
export const faultHeader = 'Wechatpay-Negative-Test'

const headerPattern = /^([A-Z_]+)(?:;\s*seconds=(\d{1,5}(?:\.\d+)?))?(?:;\s*error=(\w+))?$/

export type RequestedFault = { fault: FaultName; seconds?: number; error?: string }

/** The fault that the header names, or nothing when it names none. */
export const readFaultHeader = (text: string): RequestedFault | undefined => {
  const [, name = '', seconds, error] = headerPattern.exec(text.trim()) ?? []
  if (!isFaultName(name)) return undefined
  return {
    fault: name,
    ...(seconds !== undefined && { seconds: Number(seconds) }),
    ...(error !== undefined && { error }),
  }
}

// A name ends where letters and underscores end, so that NT-CLOSED_AFTER is not taken for NT-CLOSED.
// What follows ERROR says which.
const magicPattern = /\bNT-([A-Z]+(?:_[A-Z]+)*)(?![A-Za-z_])(?:-(\w+))?/
const mark = Buffer.from('NT-')

type Magic = { value: string; fault: FaultName; error?: string }

/** The texts of a body that name a fault: the numbers `NT-CLOSED_AFTER-1`, `NT-ERROR-268448010-1`. */
export const magicValues = (body: Uint8Array): Magic[] => {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  if (!bytes.includes(mark)) return []

  return textsIn(bytes).flatMap((value) => {
    const [, name = '', error = ''] = magicPattern.exec(value) ?? []
    if (name === 'ERROR') return situationNamed(error) ? [{ value, fault: name, error }] : []
    return isFaultName(name) ? [{ value, fault: name }] : []
  })
}

const textsIn = (json: Buffer): string[] => {
  const texts: string[] = []
  try {
    JSON.parse(json.toString(), (_, value) => {
      if (typeof value === 'string') texts.push(value)
      return value
    })
  } catch {
    // What is no JSON is refused soon, by the rule for it.
  }
  return texts
}
