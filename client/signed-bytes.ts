/** Looks a header up by name, whatever its case; `Headers` is one. */
export type HeaderReader = { get(name: string): string | null }

/** What a signature was made over, or did not prove; the bytes as they went over the wire. */
export type SignedBytes =
  | {
      kind: 'request'
      method: string
      /** Path and query, percent-encoded. */
      target: string
      headers: Headers
      body: Uint8Array
    }
  | {
      kind: 'received'
      /** Of an answer; a callback has none. */
      status?: number
      headers: HeaderReader
      body: Uint8Array
    }

/** Beside the errors, not in them: errors get printed, and these bytes hold personal data. */
const bytesBySubject = new WeakMap<object, SignedBytes>()

/** Attaches the bytes to an error or an answer, which it returns. */
export const attachSignedBytes = <Subject extends object>(
  subject: Subject,
  bytes: SignedBytes | undefined,
): Subject => {
  if (bytes !== undefined) bytesBySubject.set(subject, bytes)
  return subject
}

/**
 * The bytes behind an `ApiError` of 401, or the 401 that `signedFetch` returns, and behind an
 * `UntrustedAnswerError`; `undefined` of all else, and of what a blocking call throws.
 */
export const signedBytesOf = (subject: object): SignedBytes | undefined =>
  bytesBySubject.get(subject)
