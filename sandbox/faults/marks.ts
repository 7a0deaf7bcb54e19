import type { MarkRecord } from '../store/layout.ts'
import type { Unit } from '../store/store.ts'

/** So many of a kind are kept for a merchant; the oldest gives way. */
const mostMarks = 10_000

/** Notes what counts once, under a lock of its merchant and kind. Whether it is new. */
export const markOnce = async (unit: Unit, mark: MarkRecord): Promise<boolean> => {
  const { mchid, of, value } = mark
  if (await unit.get('marks', [mchid, `${of}/${value}`])) return false
  const marks = await unit.find('marks', 'of', [mchid, of])
  const [oldest] = marks
  if (oldest && marks.length >= mostMarks) unit.remove('marks', [mchid, `${of}/${oldest.value}`])
  unit.put('marks', mark)
  return true
}
