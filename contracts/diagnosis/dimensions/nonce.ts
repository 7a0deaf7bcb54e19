import type { Dimension } from '../dimension.ts'

// Of many nonces, only the first are looked for beside any other mistake.
const few = 10

export const nonce: Dimension = {
  name: 'nonce',
  *variations({ truth: { nonce: sent }, nonces }) {
    const dashless = sent.replaceAll('-', '')

    yield { code: 'nonceCase', change: { nonce: sent.toLowerCase() } }
    yield { code: 'nonceCase', change: { nonce: sent.toUpperCase() } }
    yield { code: 'nonceDashes', change: { nonce: dashless } }
    yield { code: 'nonceDashes', change: { nonce: asUuid(dashless) } }
    yield { code: 'nonceEmpty', change: { nonce: '' } }
    for (const [index, other] of nonces.entries()) {
      yield { code: 'nonceOther', change: { nonce: other }, rarity: index < few ? 1 : 2 }
    }
  },
}

const asUuid = (text: string) => text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
