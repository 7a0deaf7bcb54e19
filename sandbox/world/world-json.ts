import type { World } from './world-file.ts'

const chunk = 64 * 1024

/** What becomes of a record before it leaves. */
type Show = <Value>(value: Value) => Value

/** The JSON of a world in pieces, since that of a large one would be longer than a text can be. */
export function* worldJson({ records, ...head }: World, show: Show): Generator<string> {
  let text = `${JSON.stringify(head).slice(0, -1)},"records":{`
  let before = ''

  for (const [collection, owned] of Object.entries(records)) {
    text += `${before}"${collection}":[`
    for (const [index, record] of owned.entries()) {
      text += `${index > 0 ? ',' : ''}${JSON.stringify(show(record))}`
      if (text.length < chunk) continue
      yield text
      text = ''
    }
    text += ']'
    before = ','
  }
  yield `${text}}}`
}

const sizes = new WeakMap<object, number>()

/** About how many bytes a world takes; a record that was measured before is not measured again. */
export const worldSize = ({ records }: World): number => {
  let size = 0
  for (const record of Object.values(records).flat()) {
    const known = sizes.get(record) ?? JSON.stringify(record).length
    sizes.set(record, known)
    size += known
  }
  return size
}
