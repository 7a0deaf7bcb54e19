/**
 * What a start costs, in milliseconds: from the process to the first signed answer, beside that of a
 * bare signed node:http server; the first start, which makes keys; and the door, imported and used.
 */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createSandbox } from '../../dist/sandbox/index.js'
import { authorizationOf } from './measure.mjs'

const bareServer = fileURLToPath(new URL('./bare-server.mjs', import.meta.url))
const command = fileURLToPath(new URL('../../dist/sandbox/cli/main.js', import.meta.url))
const door = new URL('../../dist/sandbox/index.js', import.meta.url).href

const target = '/v3/certificates'

const signedGet = async (origin, dir) => {
  const { mchid, merchantSerial } = JSON.parse(
    await readFile(join(dir, 'credentials.json'), 'utf8'),
  )
  const merchantKey = await readFile(join(dir, 'apiclient_key.pem'))
  const call = { method: 'GET', target, body: '' }
  const headers = {
    accept: 'application/json',
    'user-agent': 'bench',
    authorization: authorizationOf({ mchid, merchantSerial, merchantKey }, call),
  }
  const [response] = await once(request(origin + target, { headers }).end(), 'response')
  for await (const _ of response);
  if (response.statusCode !== 200) throw new Error(`The first answer was ${response.statusCode}.`)
}

/** From the start of a program, whose first line tells where it listens, to its first answer. */
const firstAnswer = async ([program, ...words], { dir, originIn }) => {
  const begin = performance.now()
  const child = spawn(process.execPath, [program, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  try {
    const [line] = await once(createInterface({ input: child.stdout }), 'line')
    await signedGet(originIn(line), dir)
    return performance.now() - begin
  } finally {
    child.kill()
    await ended
  }
}

const bareStart = (dir) =>
  firstAnswer([bareServer, dir], { dir, originIn: (line) => `http://127.0.0.1:${line}` })

const sandboxStart = (dir) =>
  firstAnswer([command, 'start', '--json', '--quiet', '--port', '0', '--dir', dir], {
    dir,
    originIn: (line) => JSON.parse(line).url,
  })

const doorScript = `const begin = performance.now()
const { createSandbox } = await import(process.argv[1])
const imported = performance.now()
await createSandbox({ dir: process.argv[2] })
console.log(JSON.stringify([imported - begin, performance.now() - imported]))`

const throughDoor = async (dir) => {
  const words = ['--input-type=module', '--eval', doorScript, door, dir]
  const { stdout } = await promisify(execFile)(process.execPath, words)
  return JSON.parse(stdout)
}

const median = (values) => values.toSorted((one, other) => one - other)[values.length >> 1]

/** Medians of rounds in which all take turns. */
export const startFigures = async (rounds = 7) => {
  const folder = await mkdtemp(join(tmpdir(), 'wechatpay-sandbox-bench-'))
  const keys = join(folder, 'keys')
  const taken = { bare: [], withKeys: [], withoutKeys: [], importing: [], creating: [] }
  try {
    await (await createSandbox({ dir: keys })).close()
    for (let round = 0; round < rounds; round += 1) {
      taken.bare.push(await bareStart(keys))
      taken.withKeys.push(await sandboxStart(keys))
      taken.withoutKeys.push(await sandboxStart(join(folder, `round-${round}`)))
      const [importing, creating] = await throughDoor(keys)
      taken.importing.push(importing)
      taken.creating.push(creating)
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return Object.fromEntries(Object.entries(taken).map(([name, values]) => [name, median(values)]))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { bare, withKeys, withoutKeys, importing, creating } = await startFigures()
  const ms = (value) => `${value.toFixed(0)} ms`
  console.log(
    `first answer: ${ms(withKeys)} with keys, ${ms(withoutKeys)} when they are made, ${ms(bare)} of a bare signed server, ratio ${(withKeys / bare).toFixed(2)}`,
  )
  console.log(`the door: ${ms(importing)} to import, ${ms(creating)} for createSandbox with keys`)
}
