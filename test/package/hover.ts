import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { z } from 'zod'

const tsc = fileURLToPath(new URL('../../node_modules/.bin/tsc', import.meta.url))

const Message = z.object({
  id: z.number().or(z.string()),
  method: z.string().optional(),
  result: z.unknown().optional(),
})
const Hover = z.object({ contents: z.object({ value: z.string() }) })

/** The language server of TypeScript, as an editor talks to it. */
const startServer = (folder: string) => {
  const server = spawn(tsc, ['--lsp', '--stdio'], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const waiting = new Map<number | string, (result: unknown) => void>()
  let buffered = Buffer.alloc(0)
  let asked = 0

  const send = (message: object) => {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message })
    server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)
  }

  const receive = (text: string) => {
    const { success, data } = Message.safeParse(JSON.parse(text))
    if (!success) return
    // It asks, too; this editor has no settings.
    if (data.method !== undefined) send({ id: data.id, result: null })
    else waiting.get(data.id)?.(data.result)
  }

  server.stdout.on('data', (chunk) => {
    buffered = Buffer.concat([buffered, chunk])
    for (;;) {
      const start = buffered.indexOf('\r\n\r\n') + 4
      const length = Number(
        /Content-Length: (\d+)/.exec(buffered.toString('latin1', 0, start))?.[1],
      )
      if (start < 4 || buffered.length < start + length) return
      receive(buffered.toString('utf8', start, start + length))
      buffered = buffered.subarray(start + length)
    }
  })

  return {
    notify: (method: string, params: object) => send({ method, params }),
    ask: (method: string, params: object) =>
      new Promise<unknown>((resolve) => {
        asked += 1
        waiting.set(asked, resolve)
        send({ id: asked, method, params })
      }),
    stop: () => server.kill(),
  }
}

/** What an editor shows over each `«word»` of a marked program, which is written without the marks. */
export const hoversOf = async (
  { folder, write }: { folder: string; write: (name: string, text: string) => Promise<void> },
  marked: string,
): Promise<string[]> => {
  const text = marked.replaceAll(/[«»]/g, '')
  const places = marked.split('«').slice(0, -1)
  await write('hover.ts', text)

  const server = startServer(folder)
  try {
    const rootUri = pathToFileURL(folder).href
    const uri = pathToFileURL(join(folder, 'src', 'hover.ts')).href
    await server.ask('initialize', { processId: process.pid, rootUri, capabilities: {} })
    server.notify('initialized', {})
    server.notify('textDocument/didOpen', {
      textDocument: { uri, languageId: 'typescript', version: 1, text },
    })

    return await Promise.all(
      places.map(async (_, index) => {
        const before = places
          .slice(0, index + 1)
          .join('')
          .replaceAll('»', '')
        const line = before.split('\n').length - 1
        const character = before.length - before.lastIndexOf('\n')
        const position = { line, character }
        const found = await server.ask('textDocument/hover', { textDocument: { uri }, position })
        return Hover.parse(found).contents.value
      }),
    )
  } finally {
    server.stop()
  }
}
