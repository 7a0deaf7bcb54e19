/** Adds to a set that holds so many at most: the one that came first gives way. */
export const remember = (values: Set<string>, value: string, most: number): void => {
  values.add(value)
  for (const oldest of values) {
    if (values.size <= most) break
    values.delete(oldest)
  }
}
