import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { createSandbox } from '../../sandbox/sandbox.ts'
import { createConsumer, run } from './consumer.ts'
import { hoversOf } from './hover.ts'
import { linksOf, readmeNames, readmeSamples, readReadme } from './readme.ts'

/** A program of the README, for a sandbox that listens elsewhere with other keys. */
const placed = (port: number) => ({
  url: `http://127.0.0.1:${port}`,
  here: (program: string) =>
    program
      .replace('127.0.0.1:8129', `127.0.0.1:${port}`)
      .replace("'.wechatpay-sandbox'", JSON.stringify(inject('credentials'))),
})

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
  expect(withKeys).toEqual(['dist/chunks/replay-key.js'])
})

test.each(readmeNames)('the files to which %s links are in the package', async (name) => {
  const files = linksOf(await readReadme(name)).filter((target) => !target.startsWith('#'))

  expect(files.length).toBeGreaterThan(1)
  expect(files.filter((path) => !consumer.files.includes(path))).toEqual([])
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

test('an editor shows the label and the meaning of a field, in a call and in its answer', async () => {
  const hovers = await hoversOf(
    consumer,
    `import { Wechatpay } from 'wechatpay-sandbox/client'
    declare const wxpay: Wechatpay
    declare const rest: object & Parameters<typeof order.post>[0]['json']
    const order = wxpay.v3.payscore.signPlan.partner.serviceorder
    await order.post({ json: { ...rest, «plan_detail_no»: 1 } })
    const { data } = await wxpay.chain('v3/payscore/partner/serviceorder').get({
      query: { sub_mchid: '1900000109', «out_order_no»: '1' },
    })
    export const shown = [data.«state», data.risk_fund?.«amount»]`,
  )

  expect(hovers).toEqual([
    expect.stringContaining('待创建服务订单对应的用户的签约计划详情序号: the detail to be used;'),
    expect.stringContaining('商户服务订单号: order number of the merchant'),
    expect.stringContaining('服务订单状态: how far the order has come'),
    expect.stringContaining('风险金额: the most that can be charged, in fen'),
  ])
})

test('the published types of all fields are those that zod infers', async () => {
  await consumer.write(
    'types.ts',
    `import type { z } from 'zod'
    import type { AnswerOf, BodyOf, EndpointId, endpoints, PathOf, QueryOf } from 'wechatpay-sandbox/contracts'
    type Rows = typeof endpoints
    type Same<One, Other> =
      (<T>() => T extends One ? 1 : 2) extends (<T>() => T extends Other ? 1 : 2) ? true : false
    type Inferred<Part, Name extends string> =
      Part extends { [K in Name]: infer Schema extends z.ZodType } ? z.infer<Schema> : undefined
    declare const compared: {
      [Id in EndpointId]: [
        Same<PathOf<Id>, Inferred<Rows[Id]['request'], 'path'>>,
        Same<QueryOf<Id>, Inferred<Rows[Id]['request'], 'query'>>,
        Same<BodyOf<Id>, Inferred<Rows[Id]['request'], 'body'>>,
        Same<AnswerOf<Id>, Inferred<Rows[Id]['response'], 'body'>>,
      ]
    }
    export const all: Record<EndpointId, [true, true, true, true]> = compared`,
  )

  await expect(consumer.compile()).resolves.toMatchObject({ stdout: '' })
})

test('a consumer runs the programs of the README', async () => {
  const { programs } = await readmeSamples()
  const sandbox = await createSandbox({ dir: inject('credentials') })
  const { port } = await sandbox.listen()

  try {
    const { here } = placed(port)
    for (const [index, program] of programs.entries()) {
      await consumer.write(`program-${index}.ts`, here(program))
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

test('the cancellation of the README finds out what became of a lost answer', async () => {
  const { programs } = await readmeSamples()
  const [order = ''] = programs.filter((program) => program.includes('console.log(data.order_id)'))
  const [cancellation = ''] = programs.filter((program) => program.includes('cancelForSure'))
  const sandbox = await createSandbox({ dir: inject('credentials') })
  const { port } = await sandbox.listen()

  try {
    const { here, url } = placed(port)
    await consumer.write('order.ts', here(order))
    await consumer.write(
      'cancel.ts',
      `${here(cancellation).replace('retry: 0', `retry: 0, baseUrl: '${url}'`)}
      await cancelForSure('1514323JSVDFE1243252')`,
    )
    await consumer.compile()

    await consumer.execute('order.js')
    await sandbox.control.faults.order({ fault: 'CLOSED_AFTER' })
    await expect(consumer.execute('cancel.js')).resolves.toMatchObject({
      stdout: 'it had been carried out\n',
      stderr: '',
    })
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
