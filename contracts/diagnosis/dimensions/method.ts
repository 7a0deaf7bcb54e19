import type { Dimension } from '../dimension.ts'

const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']

export const method: Dimension = {
  name: 'method',
  *variations({ truth: { method: sent } }) {
    const lower = sent.toLowerCase()
    const capitalised = sent.charAt(0) + lower.slice(1)

    yield { code: 'methodCase', change: { method: lower }, rarity: 0 }
    yield { code: 'methodCase', change: { method: capitalised } }
    for (const other of others) {
      yield { code: 'methodOther', change: { method: other } }
      yield { code: 'methodOther', change: { method: other.toLowerCase() }, rarity: 2 }
    }
  },
}
