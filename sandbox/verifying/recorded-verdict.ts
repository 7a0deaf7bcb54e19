import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { documented, type Evidence, observed, sdk } from '../../contracts/evidence.ts'
import type { Har } from '../../contracts/replay/har.ts'
import { recordedInteractions, recordingTarget } from '../../contracts/replay/recording-target.ts'
import { replay } from '../../contracts/replay/replay.ts'
import { replayKey } from '../../contracts/replay/replay-key.ts'
import { run } from '../../contracts/suite/run.ts'
import { clientCall } from './client-call.ts'
import type { TargetVerdict } from './report.ts'

const evidenceOf: Record<Har['log']['_provenance'], Evidence> = {
  documented: documented('openapi'),
  observed: observed('capture'),
  sdk: sdk('sdks'),
  live: observed('capture'),
  sandbox: observed('capture'),
}

const generateInPool = promisify(generateKeyPair)

/** Recordings do not check who asks; the client only must not hold WeChat Pay's own key. */
const anyPrivateKey = async () => (await generateInPool('rsa', { modulusLength: 2048 })).privateKey

type Recorded = { har: Har; isWanted: (name: string) => boolean }

/** Replays a file to this package's client, which verifies every answer, and holds it to the suite. */
export const recordedVerdict = async (
  target: string,
  { har, isWanted }: Recorded,
): Promise<TargetVerdict> => {
  const { entries, _provenance } = har.log
  const answer = replay(entries)
  const call = clientCall({
    mchid: '1900000001',
    serial: '1'.repeat(40),
    privateKey: await anyPrivateKey(),
    platformKeys: { [replayKey.id]: replayKey.publicKey },
    fetch: async (request) => (await answer(request)) ?? Response.error(),
  })
  const interactions = recordedInteractions(entries, evidenceOf[_provenance]).filter(({ name }) =>
    isWanted(name),
  )
  const results = await run(interactions, recordingTarget(entries, { call, mchid: '1900000001' }))

  return { target, interactions, results }
}
