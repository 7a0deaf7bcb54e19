/** `npm run fuzz -- --requests N --seed S`: the tests of this folder, with as many requests as asked for. */
import { parseArgs } from 'node:util'
import { startVitest } from 'vitest/node'

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '50000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 30) },
  },
})
const fuzz = { requests: Number(values.requests), seed: Number(values.seed) }
if (!Object.values(fuzz).every((each) => Number.isSafeInteger(each) && each >= 0)) {
  throw new Error('--requests and --seed are whole numbers.')
}

process.stderr.write(`${fuzz.requests} requests from seed ${fuzz.seed}\n`)
const vitest = await startVitest('test', ['test/fuzz/'], { watch: false, provide: { fuzz } })
await vitest.close()
