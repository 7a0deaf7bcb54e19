import { expect } from 'vitest'
import { exampleOrder } from '../support/example.ts'
import { startSandbox } from '../support/sandbox.ts'
import { send } from './raw-request.ts'
import { seedRequest } from './seed-request.ts'
import { signed } from './signed-request.ts'

/** A sandbox that can tell whether what it was sent did any harm. */
export const startWatchedSandbox = async () => {
  const faults: unknown[] = []
  const sandbox = await startSandbox({ onError: (error) => faults.push(error) })
  const { control, port, credentials } = sandbox
  const before = await control.serviceOrders.list()

  return {
    ...sandbox,
    /** Nothing was stored, no fault was reported, and the example call is still served. */
    expectUnharmed: async () => {
      expect(await control.serviceOrders.list()).toEqual(before)
      expect(faults).toEqual([])
      const example = seedRequest(JSON.stringify(exampleOrder))
      expect(await send(port, signed(credentials, example))).toMatchObject({ status: 200 })
    },
  }
}
