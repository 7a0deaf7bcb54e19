/** A repeatable stream of chances in [0, 1). */
export type Chance = {
  next(): number
  /** Where the stream stands, so that it can be taken up again. */
  save(): readonly number[]
  load(state: readonly number[]): void
}

/** The same seed gives the same stream (sfc32, Chris Doty-Humphrey's small fast counter). */
export const createChance = (seed = 0): Chance => {
  let [a = 0, b = 0, c = 0, d = 0] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, seed >>> 0]
  const next = () => {
    const sum = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return (sum >>> 0) / 2 ** 32
  }
  for (let round = 0; round < 12; round += 1) next()

  return {
    next,
    save: () => [a, b, c, d],
    load: (state) => {
      ;[a = 0, b = 0, c = 0, d = 0] = state
    },
  }
}

export const decimal = '0123456789'
export const hex = `${decimal}abcdef`
export const base62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** So many characters of an alphabet. */
export const draw = (chance: Pick<Chance, 'next'>, alphabet: string, length: number): string => {
  let drawn = ''
  for (let count = 0; count < length; count += 1) {
    drawn += alphabet[Math.floor(chance.next() * alphabet.length)]
  }
  return drawn
}
