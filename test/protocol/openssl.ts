import { execFileSync, spawnSync } from 'node:child_process'

const program = 'openssl'

/** Whether the outside witness is there; its tests are skipped where it is not. */
export const hasOpenssl = spawnSync(program, ['version']).status === 0

/** Runs `openssl`, `input` on its standard input. @throws when it does not agree. */
export const openssl = (args: readonly string[], input?: Uint8Array): Buffer =>
  execFileSync(program, args, { input, stdio: 'pipe' })
