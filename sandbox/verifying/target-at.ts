import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readCredentials } from '../../client/credentials.ts'
import type { Target } from '../../contracts/suite/interaction.ts'
import { sandboxTarget } from '../../contracts/suite/sandbox-target.ts'
import { CredentialsFile } from '../authority/credentials.ts'
import { clientCall } from './client-call.ts'

type Place = { url: string; credentials: string }

/**
 * A running sandbox, or a gateway in front of one, as a target of the suite: reached by this
 * package's client with the keys of a credentials folder. What it makes has numbers of its own.
 * @throws {ConfigurationError} when the credentials folder cannot be read
 */
export const targetAt = async ({ url, credentials }: Place): Promise<Target> => {
  const platform = 'certificate'
  const call = clientCall({ ...readCredentials(credentials), baseUrl: url, platform })
  const file = await readFile(join(credentials, 'credentials.json'), 'utf8')

  return sandboxTarget({ url, identities: CredentialsFile.parse(JSON.parse(file)), platform, call })
}
