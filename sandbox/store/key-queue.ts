/** Runs work under keys: two that share a key run one after another, in the order they came. */
export type KeyQueue = <Result>(
  keys: readonly string[],
  work: () => Promise<Result>,
) => Promise<Result>

// All keys are joined in one synchronous step, so two queues never wait for each other.
export const createKeyQueue = (): KeyQueue => {
  const tails = new Map<string, Promise<void>>()

  return async (keys, work) => {
    const own = [...new Set(keys)]
    const before = own.map((key) => tails.get(key))
    let leave = () => {}
    const done = new Promise<void>((resolve) => {
      leave = resolve
    })
    for (const key of own) tails.set(key, done)

    await Promise.all(before)
    try {
      return await work()
    } finally {
      for (const key of own) if (tails.get(key) === done) tails.delete(key)
      leave()
    }
  }
}
