import type { Dimension } from '../dimension.ts'
import { answerFields } from '../draft.ts'
import { permutations } from '../permutations.ts'

/** Which lines there are, in which order. */
export const fields: Dimension = {
  name: 'fields',
  *variations({ truth: { fields: right } }) {
    for (const missing of right) {
      const fields = right.filter((field) => field !== missing)
      yield { code: 'fieldMissing', change: { fields } }
    }
    yield { code: 'answerLayout', change: { fields: answerFields } }
    for (const fields of permutations(right)) {
      yield { code: 'fieldOrder', change: { fields }, rarity: 3 }
    }
  },
}

/** What stands between the lines. */
export const separator: Dimension = {
  name: 'separator',
  *variations() {
    for (const separator of ['\r\n', '\\n', '', ' ', '\\r\\n', '\r', '&', ',']) {
      yield { code: 'separatorOther', change: { separator } }
    }
  },
}

/** How the last line ends. */
export const closing: Dimension = {
  name: 'closing',
  *variations({ truth: { body } }) {
    const missing = body.length === 0 ? 'bodyLineMissing' : 'lastLineFeedMissing'
    // Of a body that ends in one itself, it is that one.
    const isOfBody = typeof body === 'string' && body.endsWith('\n')
    if (!isOfBody) yield { code: missing, change: { closings: 0 }, rarity: 0 }
    yield { code: 'lineFeedTooMany', change: { closings: 2 }, rarity: 0 }
  },
}
