const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/**
 * Whether two requests say the same: field by field, the order of keys aside, an absent field like
 * an undefined one. Re-entry with the same parameters is a repeat, with others a conflict.
 */
export const sameParameters = (one: unknown, other: unknown): boolean => {
  if (!isRecord(one) || !isRecord(other)) return Object.is(one, other)
  if (Array.isArray(one) !== Array.isArray(other)) return false

  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...keys].every((key) => sameParameters(one[key], other[key]))
}
