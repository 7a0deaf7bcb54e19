/** A repeatable stream of chances in [0, 1). */
export type Chance = {
  next(): number
  /** Where the stream stands, so that it can be taken up again. */
  save(): readonly number[]
  load(state: readonly number[]): void
}

/** The same seed gives the same stream (sfc32, Chris Doty-Humphrey's small fast counter). */
export const createChance = (seed = 0): Chance => {
  // Numbers of 32 bits in variables would each be an object of their own.
  const state = Int32Array.of(0x9e3779b9, 0x243f6a88, 0xb7e15162, seed)
  const next = () => {
    const { 0: a = 0, 1: b = 0, 2: c = 0, 3: d = 0 } = state
    const sum = (((a + b) | 0) + d) | 0
    state[0] = b ^ (b >>> 9)
    state[1] = (c + (c << 3)) | 0
    state[2] = ((c << 21) | (c >>> 11)) + sum
    state[3] = d + 1
    return (sum >>> 0) / 2 ** 32
  }
  for (let round = 0; round < 12; round += 1) next()

  return {
    next,
    save: () => [...state],
    load: (saved) => state.set(saved),
  }
}

export const decimal = '0123456789'
export const hex = `${decimal}abcdef`
export const base62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** So many characters of an alphabet. */
export const draw = (chance: Pick<Chance, 'next'>, alphabet: string, length: number): string => {
  // Adding up a text of single characters costs more than all the chances in it.
  const codes = Buffer.allocUnsafe(length)
  for (let index = 0; index < length; index += 1) {
    codes[index] = alphabet.charCodeAt(Math.floor(chance.next() * alphabet.length))
  }
  return codes.toString('latin1')
}
