/**
 * How a mistake is told: what was done, and what to do instead. `{signed}` and `{sent}` stand for
 * what is found on the two sides, `{aspects}` for a list of differences.
 */
export type MistakeText = { sentence: string; fix: string }
