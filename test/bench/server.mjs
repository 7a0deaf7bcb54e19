/**
 * How near the sandbox comes to what a signature costs: signed creations a second over the socket,
 * and the processor's time of each, beside `bare-server.mjs`, which does nothing else.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createSandbox } from '../../dist/sandbox/index.js'
import { play, signedCreations } from './load.mjs'

const bareServer = fileURLToPath(new URL('./bare-server.mjs', import.meta.url))
const commandLine = fileURLToPath(new URL('../../dist/sandbox/cli/main.js', import.meta.url))

/** A server in a process of its own; its log goes to a file, as in CI. */
const start = async (words, { portOf, log }) => {
  const file = await open(log, 'w')
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', file.fd] })
  const [line] = await once(child.stdout, 'data')
  await file.close()

  return {
    pid: child.pid,
    port: portOf(String(line)),
    stop: async () => {
      child.kill()
      await once(child, 'exit')
    },
  }
}

/** Two servers with the same keys: they can be sent the very same bytes. */
export const startBare = (dir) =>
  start([bareServer, dir], { portOf: Number, log: join(dir, 'bare.log') })

export const startSandbox = (dir, { name = 'sandbox', flags = [], node = [] } = {}) =>
  start([...node, commandLine, 'start', '--json', '--port', '0', '--dir', dir, ...flags], {
    portOf: (line) => Number(new URL(JSON.parse(line).url).port),
    log: join(dir, `${name}.log`),
  })

/** Processor time of a process in microseconds, where the system tells. */
const cpuOf = async (pid) => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const [user, system] = stat.split(') ')[1]?.split(' ').slice(11, 13).map(Number) ?? []
  return ((user ?? Number.NaN) + (system ?? Number.NaN)) * 10_000
}

const median = (values) =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]

/**
 * Figures of each server at one concurrency, medians of rounds in which they take turns; `ratio`
 * is to the first server in the same round.
 */
export const compareServers = async (servers, options) => {
  const { credentials, concurrency, rounds = 5, requests = 1000 } = options
  const taken = servers.map(() => [])
  for (let round = 0; round < rounds; round += 1) {
    const bytes = await signedCreations(credentials, requests)
    // Whoever comes first in a round comes last in the next.
    const order = round % 2 === 0 ? servers : servers.toReversed()
    for (const server of order) {
      const before = await cpuOf(server.pid)
      const seconds = await play(server.port, bytes, concurrency)
      const cpu = ((await cpuOf(server.pid)) - before) / requests
      taken[servers.indexOf(server)].push({ perSecond: requests / seconds, cpu })
    }
  }

  return taken.map((own) => ({
    perSecond: median(own.map(({ perSecond }) => perSecond)),
    ratio: median(own.map(({ perSecond }, round) => perSecond / taken[0][round].perSecond)),
    cpuMicroseconds: median(own.map(({ cpu }) => cpu)),
  }))
}

/** The sandbox beside the bare server. */
export const measureServer = async ({ rounds, requests, concurrencies = [1, 16, 64] } = {}) => {
  const dir = await mkdtemp(join(tmpdir(), 'wechatpay-sandbox-bench-'))
  const running = []
  try {
    const keys = await createSandbox({ dir })
    await keys.close()
    const { credentials } = keys
    running.push(await startBare(dir), await startSandbox(dir))
    const options = { credentials, rounds, requests }

    await compareServers(running, { credentials, concurrency: 16, rounds: 1, requests: 2000 })
    const figures = []
    for (const concurrency of concurrencies) {
      const [bare, sandbox] = await compareServers(running, { ...options, concurrency })
      figures.push({ concurrency, bare, sandbox })
    }
    return figures
  } finally {
    for (const { stop } of running) await stop()
    await rm(dir, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { concurrency, bare, sandbox } of await measureServer()) {
    const figure = ({ perSecond, cpuMicroseconds }) =>
      `${perSecond.toFixed(0)}/s, ${cpuMicroseconds.toFixed(0)} µs of processor`
    console.log(
      `${concurrency} at once: bare ${figure(bare)}; sandbox ${figure(sandbox)}; ratio ${sandbox.ratio.toFixed(2)}`,
    )
  }
}
