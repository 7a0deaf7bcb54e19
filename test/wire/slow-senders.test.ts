import { setTimeout } from 'node:timers/promises'
import { Hono } from 'hono'
import { expect, onTestFinished, test } from 'vitest'
import type { Env } from '../../sandbox/http/env.ts'
import { createListener } from '../../sandbox/http/listener.ts'
import type { UnreadableRequest } from '../../sandbox/http/unreadable-request.ts'
import { openSocket, requestBytes } from './raw-request.ts'

/** The wire alone, with less patience than a sandbox has. */
const startListener = async () => {
  const app = new Hono<Env>()
  app.get('/late', async (c) => {
    await setTimeout(1500)
    return c.text('late')
  })
  app.post('/body', async (c) => c.text(await c.req.text()))
  app.onError((_, c) => c.body(null, 400))
  const noted: UnreadableRequest[] = []
  const { listen, close } = createListener({
    fetch: app.fetch,
    note: (request) => noted.push(request),
    onError: () => {},
    patience: { headersTimeout: 200, requestTimeout: 400 },
  })
  onTestFinished(close)

  return { port: (await listen()).port, noted }
}

test('who sends headers or a body too slowly is answered 408 and cut off', async () => {
  const { port, noted } = await startListener()
  const starts = [
    'GET /late HTTP/1.1\r\nHost: 127.',
    'POST /body HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n{"a"',
  ]
  const sockets = await Promise.all(starts.map(() => openSocket(port)))
  for (const [index, start] of starts.entries()) sockets[index]?.write(start)

  for (const socket of sockets) {
    expect((await socket.next()).lines[0]).toBe('HTTP/1.1 408 Request Timeout')
    expect(await socket.closed()).toBe('')
  }
  expect(noted).toMatchObject([{ method: '-', target: '-', status: 408 }])
})

test('who says nothing is cut off without an answer', async () => {
  const { port, noted } = await startListener()
  const socket = await openSocket(port)

  expect(await socket.closed()).toBe('')
  expect(noted).toEqual([])
})

test('an answer may take longer than the request may', async () => {
  const { port } = await startListener()
  const socket = await openSocket(port)
  socket.write(requestBytes({ target: '/late' }))

  expect((await socket.next()).body).toBe('late')
})
