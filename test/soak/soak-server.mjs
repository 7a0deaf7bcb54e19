/** The sandbox of the soak in a process of its own, which tells its memory and its event loop. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createSandbox } from '../../dist/sandbox/index.js'

const [, , dir] = process.argv
const sandbox = await createSandbox({ dir })
const { url } = await sandbox.listen()
const delays = monitorEventLoopDelay({ resolution: 5 })
delays.enable()

const orderCount = async () =>
  (await sandbox.control.serviceOrders.list({ take: 1_000_000 })).length

const answers = {
  faultNextCallback: ({ fault }) => sandbox.control.faults.order({ fault }),
  advance: ({ milliseconds }) => sandbox.clock.advance(milliseconds),
  /** How many orders there are, before all of it is forgotten; megabytes are those that stay. */
  endRound: async () => {
    const orders = await orderCount()
    await sandbox.reset()
    globalThis.gc?.()
    const milliseconds = delays.percentile(99) / 1e6
    delays.reset()
    return { orders, megabytes: process.memoryUsage().heapUsed / 2 ** 20, milliseconds }
  },
  close: async () => {
    await sandbox.close()
    setImmediate(() => process.disconnect())
  },
}

process.on('message', async ({ id, question, ...options }) => {
  process.send({ id, answer: await answers[question](options) })
})
process.send({ id: 0, answer: { url, orders: await orderCount() } })
