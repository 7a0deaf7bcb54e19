const decoder = new TextDecoder('utf-8', { fatal: true })

/** The text of bytes, if they are UTF-8. */
export const utf8TextOf = (bytes: Uint8Array): string | undefined => {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

/** What a text or its bytes hold, if they hold JSON; bytes that are not UTF-8 hold none (RFC 8259, 8.1). */
export const jsonOf = (json: string | Uint8Array): unknown => {
  try {
    return JSON.parse(typeof json === 'string' ? json : decoder.decode(json))
  } catch {
    return undefined
  }
}

/** Whether a value has members: an object or a list. */
export const isObject = (value: unknown): value is Readonly<Record<PropertyKey, unknown>> =>
  typeof value === 'object' && value !== null

/** Whether a value is what JSON calls an object: a list is none. */
export const isJsonObject = (value: unknown): value is Readonly<Record<PropertyKey, unknown>> =>
  isObject(value) && !Array.isArray(value)

/** What a value has of its own under a name; `undefined` where it has nothing, or is no object. */
export const memberOf = (value: unknown, name: PropertyKey): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
