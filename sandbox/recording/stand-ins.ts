import { createHmac, randomBytes } from 'node:crypto'

/** Gives each value one stand-in of the same shape, as long as it lives. */
export type StandIns = {
  for(value: string): string
  /** The text with every value in it replaced that has a stand-in already. */
  within(text: string): string
}

const upperHex = '0123456789ABCDEF'
const lowerHex = '0123456789abcdef'
const digits = '0123456789'
const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const lower = 'abcdefghijklmnopqrstuvwxyz'
const greek = 'αβγδεζηθικλμνξοπρστυφχψω'
const chinese = '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒日月盈昃'

/** These say what kind of value follows. */
const prefix = /^(wx(?=[0-9a-z]{6,}$)|PUB_KEY_ID_|WECHATPAY\/SIGNTEST\/)/

const mostTries = 100

export const createStandIns = (): StandIns => {
  // Known to nobody, so that trying out all merchant numbers does not lead back.
  const secret = randomBytes(32)
  const given = new Map<string, string>()
  const taken = new Set<string>()

  const make = (value: string): string => {
    let made = value
    // A value of one or two characters may run out of others.
    for (let count = 0; count < mostTries; count += 1) {
      made = shaped(value, streamOf(secret, `${count}:${value}`))
      if (made !== value && !taken.has(made)) break
    }
    return made
  }

  return {
    for: (value) => {
      const before = given.get(value)
      if (before !== undefined) return before
      const made = make(value)
      given.set(value, made)
      taken.add(made)
      return made
    },

    within: (text) => {
      const found = [...given.keys()]
        .filter((value) => isTelling(value) && text.includes(value))
        .toSorted((one, other) => other.length - one.length)
      if (found.length === 0) return text
      const pattern = new RegExp(found.map(literally).join('|'), 'g')
      return text.replaceAll(pattern, (value) => given.get(value) ?? value)
    },
  }
}

/** Whether a value can be told from the words around it. */
const isTelling = (value: string) => Buffer.byteLength(value) >= 4

const literally = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

const streamOf = (secret: Buffer, seed: string) => {
  let block = Buffer.alloc(0)
  let at = 0
  let count = 0

  return () => {
    if (at === block.length) {
      block = createHmac('sha256', secret).update(`${count}:${seed}`).digest()
      count += 1
      at = 0
    }
    const byte = block[at] ?? 0
    at += 1
    return byte
  }
}

/** Letters for letters, digits for digits, everything else as it is. */
const shaped = (value: string, next: () => number): string => {
  const kept = prefix.exec(value)?.[0] ?? ''
  const rest = value.slice(kept.length)
  const hex = hexOf(rest)
  const one = (alphabet: string) => alphabet[next() % alphabet.length] ?? ''

  const made = [...rest].map((character, index) => {
    if (index === 0 && character === '0') return character
    if (index === 0 && /[1-9]/.test(character)) return one(digits.slice(1))
    if (hex && /\w/.test(character)) return one(hex)
    if (/\d/.test(character)) return one(digits)
    if (/[A-Z]/.test(character)) return one(upper)
    if (/[a-z]/.test(character)) return one(lower)
    if (!/[\p{L}\p{N}\p{S}]/u.test(character) || character < '\x80') return character
    return one(Buffer.byteLength(character) === 2 ? greek : chinese)
  })

  return kept + made.join('')
}

const hexOf = (value: string): string | undefined => {
  if (/^(?=.*[A-F])[0-9A-F]{8,}$/.test(value)) return upperHex
  return /^(?=.*[a-f])[0-9a-f-]{8,}$/.test(value) ? lowerHex : undefined
}
