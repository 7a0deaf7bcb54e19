import { expect, test } from 'vitest'
import { startSandbox } from '../support/sandbox.ts'
import { send } from '../wire/raw-request.ts'

/** Opens the stream; `next` gives its events, one after another. */
const openStream = async (url: string, query = '', headers: Record<string, string> = {}) => {
  const abort = new AbortController()
  const answer = await fetch(`${url}/_sandbox/requests/stream${query}`, {
    signal: abort.signal,
    headers,
  })
  const reader = answer.body?.getReader()
  let text = ''
  const next = async (): Promise<Record<string, string>> => {
    for (;;) {
      const [block, ...rest] = text.split('\n\n')
      if (rest.length > 0) {
        text = rest.join('\n\n')
        if (block?.startsWith('event:')) return fieldsOf(block)
        continue
      }
      const chunk = await reader?.read()
      if (!chunk || chunk.done) throw new Error('The stream ended.')
      text += Buffer.from(chunk.value).toString()
    }
  }

  return { answer, next, close: () => abort.abort() }
}

const fieldsOf = (block: string) =>
  Object.fromEntries(
    block.split('\n').map((line) => {
      const at = line.indexOf(': ')
      return [line.slice(0, at), line.slice(at + 2)]
    }),
  )

test('the stream tells of each request as it comes', async () => {
  const { url, port } = await startSandbox()
  const { answer, next, close } = await openStream(url)
  expect(answer.headers.get('Content-Type')).toBe('text/event-stream')

  await send(port, { target: '/v3/none' })
  await send(port, { target: '/v3/other' })

  const events = [await next(), await next()]
  expect(events).toMatchObject([
    { event: 'request', id: '1' },
    { event: 'request', id: '2' },
  ])
  expect(JSON.parse(events[1]?.['data'] ?? '')).toMatchObject({ target: '/v3/other', status: 404 })
  close()
})

test('with `after`, it begins with what came since', async () => {
  const { url, port } = await startSandbox()
  for (const target of ['/v3/a', '/v3/b', '/v3/c']) await send(port, { target })
  const { next, close } = await openStream(url, '?after=1')

  expect([await next(), await next()]).toMatchObject([{ id: '2' }, { id: '3' }])
  close()
})

test('a stream that nobody reads any more is let go', async () => {
  const { url, port } = await startSandbox()
  for (let each = 0; each < 150; each += 1) {
    const { close, answer } = await openStream(url)
    expect(answer.status).toBe(200)
    close()
    await send(port, { target: '/v3/none' })
  }
})

test('a full journal is told at once, and the stream stays open', async () => {
  const { url, port } = await startSandbox()
  for (let each = 0; each < 1001; each += 1) await send(port, { target: `/v3/${each}` })
  const { next, close } = await openStream(url, '?after=0')
  for (let id = 2; id <= 1001; id += 1) expect(await next()).toMatchObject({ id: String(id) })

  await send(port, { target: '/v3/none' })
  expect(await next()).toMatchObject({ id: '1002' })
  close()
})

test('a reader who comes back is told what it missed', async () => {
  const { url, port } = await startSandbox()
  for (const target of ['/v3/a', '/v3/b', '/v3/c']) await send(port, { target })
  const { next, close } = await openStream(url, '?after=0', { 'Last-Event-ID': '2' })

  expect(await next()).toMatchObject({ id: '3' })
  close()
})
