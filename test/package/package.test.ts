import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { createSandbox } from '../../sandbox/sandbox.ts'
import { createConsumer, run } from './consumer.ts'
import { readmeSamples } from './readme.ts'

let consumer: Awaited<ReturnType<typeof createConsumer>>

beforeAll(async () => {
  consumer = await createConsumer()
}, 180_000)

afterAll(() => consumer?.remove())

test('the package holds neither tests nor keys but the published one that replays', async () => {
  const strangers = consumer.files.filter((path) => /test|\.pem$|\.wechatpay-sandbox/.test(path))
  expect(strangers).toEqual([])

  const withKeys: string[] = []
  for (const path of consumer.files) {
    const text = await readFile(new URL(`../../${path}`, import.meta.url), 'utf8')
    if (/-----BEGIN (RSA )?PRIVATE KEY-----\n/.test(text)) withKeys.push(path)
  }
  expect(withKeys).toEqual(['dist/contracts/replay/replay-key.js'])
})

test('a consumer compiles every sample of the README', async () => {
  const { programs, fragments } = await readmeSamples()
  expect(programs.length).toBeGreaterThanOrEqual(7)
  expect(fragments.length).toBeGreaterThanOrEqual(2)

  const preamble = `
    import { readFileSync } from 'node:fs'
    import { Wechatpay } from 'wechatpay-sandbox/client'
    import type { Sandbox } from 'wechatpay-sandbox'
    import type { BodyOf } from 'wechatpay-sandbox/contracts'
    export declare const sandbox: Sandbox
    declare const json: BodyOf<'signplan.serviceorder.create.partner'>
    export const read = readFileSync`
  const client = 'declare const wxpay: Wechatpay'
  for (const [index, program] of programs.entries()) {
    await consumer.write(`program-${index}.ts`, program)
  }
  for (const [index, fragment] of fragments.entries()) {
    const given = fragment.includes('const wxpay') ? '' : client
    await consumer.write(`fragment-${index}.ts`, `${preamble}\n${given}\n${fragment}`)
  }

  await expect(consumer.compile()).resolves.toMatchObject({ stdout: '' })
})

test('a consumer runs the programs of the README', async () => {
  const { programs } = await readmeSamples()
  const sandbox = await createSandbox({ dir: inject('credentials') })
  const { port } = await sandbox.listen()

  try {
    for (const [index, program] of programs.entries()) {
      const here = program
        .replace('127.0.0.1:8129', `127.0.0.1:${port}`)
        .replace("'.wechatpay-sandbox'", JSON.stringify(inject('credentials')))
      await consumer.write(`program-${index}.ts`, here)
    }
    await consumer.compile()

    for (const [index, program] of programs.entries()) {
      if (program.includes("from 'vitest'")) continue
      const { stdout, stderr } = await consumer.execute(`program-${index}.js`)
      expect(stderr, program).toBe('')
      if (program.includes('console.log(data.order_id)')) expect(stdout).toMatch(/^\d{31}\n$/)
    }
  } finally {
    await sandbox.close()
  }
})

test('the recipes of the README are those that are tested', async () => {
  const { programs } = await readmeSamples()

  for (const name of ['hono', 'express', 'node-http']) {
    const recipe = await readFile(new URL(`../recipes/${name}.ts`, import.meta.url), 'utf8')
    expect(programs, name).toContain(recipe)
  }
})

test('the installed command runs', async () => {
  const command = join(consumer.folder, 'node_modules/.bin/wechatpay-sandbox')
  const { stdout } = await run(command, ['--help'])

  expect(stdout).toContain('start')
})
