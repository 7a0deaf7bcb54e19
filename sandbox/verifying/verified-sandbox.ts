import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fill, SentenceError } from '../../contracts/texts.ts'
import { createSandbox, type SandboxOptions } from '../sandbox.ts'
import { bearerOf, wantsToken } from './control-token.ts'
import { type Place, targetAt } from './target-at.ts'
import { unverifiableTexts } from './texts.ts'

/** Uses a sandbox of this program's own, which ends afterwards. */
export const withOwnSandbox = async <Outcome>(
  options: SandboxOptions,
  use: (place: Place) => Promise<Outcome>,
): Promise<Outcome> => {
  const folder = await mkdtemp(join(tmpdir(), 'wechatpay-sandbox-verify-'))
  const credentials = join(folder, 'credentials')
  const sandbox = await createSandbox({ ...options, dir: credentials })
  const { url } = await sandbox.listen()

  try {
    return await use({ url, credentials })
  } finally {
    await sandbox.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * Uses a running sandbox, which is afterwards as it was: the suite moves the clock and uses numbers
 * up.
 * @throws {SentenceError} when there is none, or it does not know the keys
 */
export const withRunningSandbox = async <Outcome>(
  place: Place,
  use: (place: Place) => Promise<Outcome>,
): Promise<Outcome> => {
  await checkReachable(place)
  await checkCredentials(place)
  const snapshot = `${place.url}/_sandbox/snapshots/verify-${process.pid}`

  await post(snapshot, place)
  try {
    return await use(place)
  } finally {
    await post(`${snapshot}/restore`, place)
    await post(`${snapshot}/drop`, place)
  }
}

const post = async (address: string, { controlToken }: Place) => {
  const response = await fetch(address, { method: 'POST', headers: bearerOf(controlToken) })
  if (!response.ok)
    throw new SentenceError(
      fill(unverifiableTexts.controlRefused, { address, status: response.status }),
    )
}

/** A sandbox says its merchants; whatever does not is down, or something else. */
const checkReachable = async ({ url, controlToken }: Place) => {
  const headers = bearerOf(controlToken)
  const response = await fetch(`${url}/_sandbox/merchants`, { headers }).catch((cause) => {
    throw new SentenceError(fill(unverifiableTexts.silent, { url }), { cause })
  })
  const isJson = response.headers.get('Content-Type')?.startsWith('application/json')
  await response.body?.cancel()
  if (wantsToken(response)) throw new SentenceError(fill(unverifiableTexts.tokenWanted, { url }))
  if (!response.ok || !isJson) throw new SentenceError(fill(unverifiableTexts.noSandbox, { url }))
}

const checkCredentials = async (place: Place) => {
  const { call } = await targetAt(place)
  const { status } = await call({ endpoint: 'certificates.list' })
  if (status !== 401) return

  const { url, credentials: folder } = place
  throw new SentenceError(fill(unverifiableTexts.unknownKeys, { url, folder }))
}
