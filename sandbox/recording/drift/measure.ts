import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readCredentials } from '../../../client/credentials.ts'
import { type Send, signedFetch } from '../../../client/index.ts'
import { isStale } from '../../../contracts/replay/age.ts'
import { bundledFiles } from '../../../contracts/replay/bundled.ts'
import { type Har, RecordingError, readHar } from '../../../contracts/replay/har.ts'
import { bodyOf, isAnswered } from '../../../contracts/replay/recorded-call.ts'
import { CredentialsFile, type Identities } from '../../authority/credentials.ts'
import { createSandbox } from '../../sandbox.ts'
import type { Specimen } from './compare.ts'
import { tour } from './tour.ts'

/** What the successes of recorded operations say. */
export const recordedSpecimens = (files: ReadonlyMap<string, Har>): Specimen[] =>
  [...files].flatMap(([name, { log }]) =>
    log.entries.filter(isAnswered).flatMap((entry) => {
      const { _endpoint: endpoint, response } = entry
      if (endpoint === undefined || response.status >= 300) return []
      const provenance = entry._provenance ?? log._provenance
      const source = `${provenance}: ${name}, ${entry._id ?? entry._document ?? entry._source ?? entry.startedDateTime}`

      return [{ endpoint, body: bodyOf(response.content), source }]
    }),
  )

/** The named files, or those that come with the package. @throws {RecordingError} */
export const readRecordings = async (
  files: readonly string[] | undefined,
): Promise<ReadonlyMap<string, Har>> => {
  if (!files) return bundledFiles()
  const read = files.map(async (file) => {
    const text = await readFile(file, 'utf8').catch((cause) => {
      throw new RecordingError(`${file} cannot be read.`, { cause })
    })
    return [file, readHar(text, file)] as const
  })

  return new Map(await Promise.all(read))
}

/** The files of live recordings that are older. */
export const staleOf = (files: ReadonlyMap<string, Har>, maxAgeDays: number): string[] =>
  [...files]
    .filter(([, har]) => isStale(har, { maxAgeDays, now: Date.now() }))
    .map(([name]) => name)

type Place = { target: string; credentials: string }

/** What a sandbox answers to every operation: a running one, or one of this program's own. */
export const answeredSpecimens = async (place?: Place): Promise<Specimen[]> => {
  const { baseUrl, send, identities, keys, close } = place ? await reach(place) : await ownSandbox()
  const signed = signedFetch({ ...keys, fetch: send })

  try {
    const sights = await tour({
      identities,
      mark: Date.now().toString(36),
      fetch: (target, init) => signed(baseUrl + target, init),
      act: async (path, body) => {
        const response = await send(
          new Request(`${baseUrl}/_sandbox${path}`, {
            method: 'POST',
            ...(body !== undefined && {
              headers: { 'Content-Type': 'application/json' },
              body: JSON.stringify(body),
            }),
          }),
        )
        if (!response.ok) throw new Error(`The control API refused ${path}: ${response.status}.`)
      },
    })
    return sights.map((sight) => ({
      ...sight,
      source: place?.target ?? 'a sandbox of this version',
    }))
  } finally {
    await close()
  }
}

type Sandbox = {
  baseUrl: string
  send: Send
  identities: Identities
  keys: {
    mchid: string
    serial: string
    privateKey: string
    platformKeys: Record<string, string>
  }
  close: () => Promise<void>
}

const reach = async ({ target, credentials }: Place): Promise<Sandbox> => {
  const baseUrl = target.replace(/\/$/, '')
  const keys = readCredentials(credentials)
  const text = await readFile(join(credentials, 'credentials.json'), 'utf8')
  const identities = CredentialsFile.safeParse(JSON.parse(text)).data
  if (!identities) throw new Error(`${credentials} is not the credentials folder of a sandbox.`)

  // The tour makes plans and payments, so it never goes to the real service.
  const clock = await fetch(`${baseUrl}/_sandbox/clock`).catch(() => undefined)
  if (!clock?.ok) throw new Error(`No sandbox answers at ${target}: it has no control API there.`)

  return { baseUrl, send: (request) => fetch(request), identities, keys, close: async () => {} }
}

const ownSandbox = async (): Promise<Sandbox> => {
  const { fetch: send, credentials, close } = await createSandbox()

  return {
    baseUrl: 'http://127.0.0.1',
    send,
    identities: credentials,
    keys: {
      mchid: credentials.mchid,
      serial: credentials.merchantSerial,
      privateKey: credentials.merchantKey,
      platformKeys: {
        [credentials.platformSerial]: credentials.platformCertificate,
        [credentials.publicKeyId]: credentials.publicKey,
      },
    },
    close,
  }
}
