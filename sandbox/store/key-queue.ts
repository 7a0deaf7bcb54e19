/** Takes turns. Work that asks for a turn within its own would wait for itself. */
export type KeyQueue = {
  /** Runs work under keys: two that share a key run one after another, in the order they came. */
  under<Result>(keys: readonly string[], work: () => Promise<Result>): Promise<Result>
  /** Runs work after all that came before it, and before all that come after it. */
  alone<Result>(work: () => Promise<Result>): Promise<Result>
}

// Every turn is joined in one synchronous step, so two of them never wait for each other.
export const createKeyQueue = (): KeyQueue => {
  const tails = new Map<string, Promise<void>>()
  const running = new Set<Promise<void>>()
  let lastAlone: Promise<void> | undefined

  const join = () => {
    let end = () => {}
    const ended = new Promise<void>((resolve) => {
      end = resolve
    })
    running.add(ended)
    const leave = () => {
      running.delete(ended)
      end()
    }

    return { ended, leave }
  }

  return {
    under: async (keys, work) => {
      const own = [...new Set(keys)]
      const before = [lastAlone, ...own.map((key) => tails.get(key))].filter(isPending)
      const { ended, leave } = join()
      for (const key of own) tails.set(key, ended)

      if (before.length > 0) await Promise.all(before)
      try {
        return await work()
      } finally {
        for (const key of own) if (tails.get(key) === ended) tails.delete(key)
        leave()
      }
    },

    alone: async (work) => {
      const before = [...running]
      const { ended, leave } = join()
      lastAlone = ended

      await Promise.all(before)
      try {
        return await work()
      } finally {
        if (lastAlone === ended) lastAlone = undefined
        leave()
      }
    },
  }
}

const isPending = (turn: Promise<void> | undefined) => turn !== undefined
