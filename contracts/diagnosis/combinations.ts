/** Every way to take at most `most` items, no two from the same list; fewest from the first lists. */
export function* choices<T>(lists: readonly (readonly T[])[], most: number): Generator<T[]> {
  const [first, ...others] = lists
  if (first === undefined) {
    yield []
    return
  }
  yield* choices(others, most)
  if (most === 0) return
  for (const item of first) {
    for (const rest of choices(others, most - 1)) yield [item, ...rest]
  }
}

/** All orders of the items, the given one first. */
export const permutations = <T>(items: readonly T[]): T[][] =>
  items.length < 2
    ? [[...items]]
    : items.flatMap((item, index) =>
        permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
      )
