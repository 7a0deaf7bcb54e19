import { onTestFinished, vi } from 'vitest'

/**
 * Takes the client's timers in hand until the test ends: it repeats at once, and `timeout`, in
 * milliseconds, is over when `passTimeout` says so, not before, however slow the machine is.
 * `waits` are what a client waits before it repeats a call.
 */
export const holdTimers = (timeout = 10_000, waits = [300, 600]) => {
  const { setTimeout } = globalThis
  const waited: number[] = []
  let elapse = () => {}
  const held = (callback: () => void, milliseconds = 0, ...args: unknown[]) => {
    if (waits.includes(milliseconds)) {
      waited.push(milliseconds)
      return setTimeout(callback, 0)
    }
    // Others have timers too: fetch does.
    if (milliseconds !== timeout) {
      return Reflect.apply(setTimeout, globalThis, [callback, milliseconds, ...args])
    }
    elapse = callback
    return undefined
  }
  vi.stubGlobal('setTimeout', held)
  onTestFinished(() => {
    vi.unstubAllGlobals()
  })

  return {
    timeout,
    /** Those of `waits` that were waited for, in order. */
    waited,
    passTimeout: () => elapse(),
    /** Does not answer while the time passes. */
    silence: () => {
      elapse()
      return 'silence' as const
    },
  }
}
