/** JSON as it is spelled: keys, strings and numbers keep the letters they were written with. */
export type Json =
  | { kind: 'object'; members: readonly Member[] }
  | { kind: 'array'; items: readonly Json[] }
  | { kind: 'leaf'; raw: string }

export type Member = { key: string; value: Json }

export type Spelling = {
  json: Json
  /** The white space around the signs. */
  gaps: readonly string[]
}

// No body of the API comes near; without a bound, reading and writing could overflow the stack.
const deepest = 100

const tokenPattern = /(\s+)|"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g

/** Reads JSON with its spelling; nothing when the text is none, or nests deeper than anybody does. */
export const readJson = (text: string): Spelling | undefined => {
  if (!isJson(text)) return undefined
  const gaps: string[] = []
  const tokens: string[] = []
  for (const [token, gap] of text.matchAll(tokenPattern)) (gap ? gaps : tokens).push(token)

  return depthOf(tokens) > deepest ? undefined : { json: treeOf(tokens), gaps }
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const depthOf = (tokens: readonly string[]): number => {
  let depth = 0
  let most = 0
  for (const token of tokens) {
    if (token === '{' || token === '[') most = Math.max(most, ++depth)
    if (token === '}' || token === ']') depth--
  }

  return most
}

const treeOf = (tokens: readonly string[]): Json => {
  let at = 0
  const next = () => tokens[at++] ?? ''

  const read = (token: string): Json => {
    if (token === '{') {
      const members: Member[] = []
      for (let key = next(); key !== '}'; key = next()) {
        if (key === ',') continue
        at++
        members.push({ key, value: read(next()) })
      }
      return { kind: 'object', members }
    }
    if (token === '[') {
      const items: Json[] = []
      for (let item = next(); item !== ']'; item = next()) if (item !== ',') items.push(read(item))
      return { kind: 'array', items }
    }
    return { kind: 'leaf', raw: token }
  }

  return read(next())
}

/** What a key or a string means. */
export const unquoted = (raw: string): string => String(JSON.parse(raw))
