/** What `encode` makes of the text; nothing where it cannot be done. */
export const attempted = (encode: (text: string) => string, text: string): string | undefined => {
  try {
    return encode(text)
  } catch {
    return undefined
  }
}

const hexOf = (letter: string) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`

/** Percent-encodes all but the unreserved characters of RFC 3986. */
export const encodeStrictly = (text: string): string =>
  (attempted(encodeURIComponent, text) ?? text).replace(/[!'()*]/g, hexOf)

/** Percent-encodes as forms do. */
export const encodeForm = (text: string): string =>
  new URLSearchParams({ '': text }).toString().slice(1)

/** The percent escapes in the other letter case. */
export const otherCase = (text: string): string =>
  text.replace(/%[0-9a-f]{2}/gi, (code) =>
    code === code.toUpperCase() ? code.toLowerCase() : code.toUpperCase(),
  )
