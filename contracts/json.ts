const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** What a text or its bytes hold, if they hold JSON. */
export const jsonOf = (json: string | Uint8Array): unknown => {
  try {
    return JSON.parse(typeof json === 'string' ? json : decoder.decode(json))
  } catch {
    return undefined
  }
}
