/** What a text or its bytes hold, if they hold JSON. */
export const jsonOf = (json: string | Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(json).toString())
  } catch {
    return undefined
  }
}
