/** Lets so many in at once under each name; the others wait their turn. */
export type Gate = {
  /** Resolves with what must be called to leave. */
  enter(name: string): Promise<() => void>
}

export const createGate = (most: number): Gate => {
  const inside = new Map<string, { count: number; waiting: (() => void)[] }>()

  return {
    enter: async (name) => {
      const place = inside.get(name) ?? { count: 0, waiting: [] }
      inside.set(name, place)
      if (place.count < most) place.count += 1
      else await new Promise<void>((resolve) => place.waiting.push(resolve))

      return () => {
        const next = place.waiting.shift()
        if (next) return next()
        place.count -= 1
        if (place.count === 0) inside.delete(name)
      }
    },
  }
}
