import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createJournal } from '../../sandbox/journal/journal.ts'
import { eventStream } from '../../sandbox/journal/stream.ts'
import { openSandbox, startSandbox } from '../support/sandbox.ts'
import { authorizationFor } from '../support/signer.ts'
import { send } from '../wire/raw-request.ts'

const request = (size = 0) =>
  ({
    kind: 'request',
    at: 0,
    method: 'POST',
    target: '/v3/x',
    headers: [],
    body: new Uint8Array(size),
    passed: [],
    status: 401,
    requestId: '',
    answer: { headers: [], body: '' },
    milliseconds: 1,
  }) as const

test('the oldest give way, by number', () => {
  const journal = createJournal({ entries: 3, bytes: 1_000_000 })
  for (const _ of Array(10_000)) journal.add(request())

  expect(journal.entries().map(({ id }) => id)).toEqual([9998, 9999, 10_000])
  expect(journal.get(9997)).toBeUndefined()
  expect(journal.get(9998)).toMatchObject({ id: 9998 })
})

test('the oldest give way, by size', () => {
  const journal = createJournal({ entries: 1000, bytes: 1000 })
  for (const size of [100, 600, 300, 500]) journal.add(request(size))

  expect(journal.entries().map(({ body }) => body.length)).toEqual([300, 500])
  journal.add(request(2000))
  expect(journal.entries()).toEqual([])
  journal.add(request(900))
  expect(journal.entries()).toHaveLength(1)
})

test('who watches hears of each entry, until they stop', () => {
  const journal = createJournal()
  const heard: number[] = []
  const stop = journal.watch(({ id }) => heard.push(id))
  journal.add(request())
  stop()
  journal.add(request())

  expect(heard).toEqual([1])
})

const wholeText = async ({ body }: Response) => {
  const texts: string[] = []
  const decoder = new TextDecoder()
  for await (const piece of body ?? []) texts.push(decoder.decode(piece))
  return texts
}

const numbersIn = (text: string) => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))

test('for a reader who does not read, next to nothing is made', async () => {
  const journal = createJournal()
  let shown = 0
  const show = (entry: { id: number }) => {
    shown += 1
    return { id: entry.id, text: 'x'.repeat(10_000) }
  }
  const stream = eventStream({ journal, after: 0, show })
  for (let each = 0; each < 900; each += 1) journal.add(request())
  await setImmediate()
  expect(shown).toBeLessThan(10)

  const reader = stream.body?.getReader()
  let text = ''
  while (numbersIn(text).length < 900) {
    text += Buffer.from((await reader?.read())?.value ?? []).toString()
  }
  expect(numbersIn(text)).toEqual(Array.from({ length: 900 }, (_, index) => index + 1))
  await reader?.cancel()
})

test('a reader who takes nothing while a thousand entries come is dropped', async () => {
  const journal = createJournal()
  const stream = eventStream({ journal, after: 0, show: ({ id }) => id })
  for (let each = 0; each < 1002; each += 1) journal.add(request())

  expect((await wholeText(stream)).join('')).not.toContain('id: 1002')
  for (let each = 0; each < 100; each += 1) journal.watch(() => {})
})

test('only so many can watch', () => {
  const journal = createJournal()
  const watch = () => journal.watch(() => {})
  const stops = Array.from({ length: 100 }, watch)

  expect(watch).toThrow('100 watch the journal already. Close some streams.')
  stops[0]?.()
  expect(watch()).toBeTypeOf('function')
})

test('a thousand distinct requests that fail leave a journal that is bounded', async () => {
  const { fetch, credentials, control } = await openSandbox({ journal: { entries: 50 } })
  const headers = {
    Authorization: authorizationFor(credentials, { target: '/v3/certificates' }),
    Accept: '*/*',
    'User-Agent': 'test',
  }
  for (let each = 0; each < 1000; each += 1) {
    await fetch(new Request(`http://sandbox/v3/certificates?number=${each}`, { headers }))
  }

  const kept = control.requests.list({ take: 1000 })
  expect(kept).toHaveLength(50)
  expect(kept[0]).toMatchObject({ id: 1000, situation: 'signatureMismatch' })
})

test('a reset forgets what came, and numbers go on', async () => {
  const { port, control } = await startSandbox()
  await send(port, { target: '/v3/none' })
  await control.reset()
  await send(port, { target: '/v3/none' })

  expect(control.requests.list()).toMatchObject([{ id: 2 }])
})

test('whoever is told of requests and fails costs nobody the answer', async () => {
  const failures: unknown[] = []
  const { fetch, control } = await openSandbox({
    onExchange: () => {
      throw new Error('told too much')
    },
    onError: (error) => failures.push(error),
  })

  const { status } = await fetch(new Request('http://sandbox/v3/certificates'))
  expect(status).toBe(400)
  expect(control.requests.list()).toMatchObject([{ status, situation: 'userAgentMissing' }])
  expect(failures).toEqual([new Error('told too much')])
})
