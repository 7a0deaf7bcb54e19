import { isObject } from '../../../contracts/json.ts'
import type { kindTexts } from '../texts.ts'

/** What kind of value may stand in a place. */
export type Kind = keyof typeof kindTexts

/** The places of a body and the kinds seen in each; `*` stands for every row of a list. */
export type Shape = Map<string, Set<Kind>>

/** Adds what a body shows to a shape. */
export const addTo = (shape: Shape, value: unknown, pointer = ''): Shape => {
  shape.set(pointer, new Set([...(shape.get(pointer) ?? []), kindOf(value)]))

  if (Array.isArray(value)) for (const row of value) addTo(shape, row, `${pointer}/*`)
  else if (isObject(value)) {
    for (const [name, inner] of Object.entries(value)) addTo(shape, inner, `${pointer}/${name}`)
  }

  return shape
}

const kindOf = (value: unknown): Kind => {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return value.length === 0 ? 'emptyList' : 'list'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'fraction'
  if (typeof value === 'boolean') return 'boolean'
  return typeof value === 'string' ? kindOfText(value) : 'object'
}

const kindOfText = (text: string): Kind => {
  if (text === '') return 'emptyText'
  if (/^\d{4}-\d{2}-\d{2}T/.test(text)) return 'time'
  if (/^(19|20)\d{12}$/.test(text)) return 'orderTime'
  return /^(19|20)\d{6}$/.test(text) ? 'orderDay' : 'text'
}
