import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { ownFile } from '../../../client/own-package.ts'
import { type Language, SentenceError } from '../../../contracts/texts.ts'
import { demoTexts } from '../texts.ts'

const Ready = z.object({ event: z.literal('ready'), url: z.string(), credentials: z.string() })

export type SandboxProcess = { url: string; credentials: string; stop: () => Promise<void> }

/** A sandbox in a process of its own, as blocking calls need it, with keys that are thrown away. */
export const startSandboxProcess = async (language: Language): Promise<SandboxProcess> => {
  const folder = await mkdtemp(join(tmpdir(), 'wechatpay-sandbox-demo-'))
  const main = ownFile('dist/sandbox/cli/main.js')
  const dir = join(folder, 'credentials')
  const flags = ['start', '--json', '--quiet', '--port', '0', '--dir', dir, '--lang', language]
  const child = spawn(process.execPath, [main, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] })

  const stop = async () => {
    await ended(child)
    await rm(folder, { recursive: true, force: true })
  }

  try {
    const { url, credentials } = Ready.parse(JSON.parse(await firstLine(child)))
    return { url, credentials, stop }
  } catch (cause) {
    await stop()
    throw new SentenceError(demoTexts.notStarted, { cause })
  }
}

const firstLine = async ({ stdout }: ChildProcess): Promise<string> => {
  if (stdout) for await (const line of createInterface({ input: stdout })) return line
  return ''
}

const ended = async (child: ChildProcess) => {
  if (child.exitCode !== null) return
  child.kill()
  await once(child, 'exit')
}
