import { printable } from './printable.ts'

type Excerpt = { text: string; hex: string }

/** Where two texts begin to differ, and what stands there on both sides. */
export type Difference = { offset: number; mustBe: Excerpt; signed: Excerpt }

const before = 16
const after = 32

export const differenceBetween = (mustBe: Buffer, signed: Buffer): Difference | undefined => {
  if (mustBe.equals(signed)) return undefined
  const offset = mustBe.findIndex((byte, index) => byte !== signed[index])
  const at = offset === -1 ? mustBe.length : offset
  const excerpt = (bytes: Buffer) => {
    const part = bytes.subarray(Math.max(0, at - before), at + after)
    return { text: printable(part.toString()), hex: part.toString('hex') }
  }

  return { offset: at, mustBe: excerpt(mustBe), signed: excerpt(signed) }
}
