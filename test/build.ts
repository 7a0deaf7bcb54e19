import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openCredentials } from '../sandbox/authority/credentials-folder.ts'
import { exampleIdentities } from '../sandbox/authority/example-identities.ts'

declare module 'vitest' {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface merges with vitest's.
  export interface ProvidedContext {
    /** A credentials folder made for this run; tests open it instead of making keys each. */
    credentials: string
    /** How many requests are made up, and from which seed; a few in `npm test`. */
    fuzz?: { requests: number; seed: number }
  }
}

/** Builds `dist`, since some tests go through the package's own doors, and makes keys once. */
export const setup = async ({ provide }: TestProject): Promise<() => void> => {
  const folder = mkdtempSync(join(tmpdir(), 'wechatpay-sandbox-'))
  execFileSync('npm', ['run', 'build', '--silent'], { stdio: 'inherit' })
  await openCredentials(folder, exampleIdentities)
  provide('credentials', folder)

  return () => rmSync(folder, { recursive: true, force: true })
}
