import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readCredentials } from '../../../client/credentials.ts'
import type { Target } from '../../../contracts/suite/interaction.ts'
import { sandboxTarget as targetAt } from '../../../contracts/suite/sandbox-target.ts'
import { CredentialsFile } from '../../authority/credentials.ts'
import { clientCall } from './client-call.ts'

type Place = { url: string; credentials: string }

/**
 * A running sandbox, reached by this package's client. It makes what it needs under numbers of its
 * own and leaves alone what is there.
 * @throws {ConfigurationError} when the credentials folder cannot be read
 */
export const sandboxTarget = async ({ url, credentials }: Place): Promise<Target> => {
  const platform = 'certificate'
  const call = clientCall({ ...readCredentials(credentials), baseUrl: url, platform })
  const file = await readFile(join(credentials, 'credentials.json'), 'utf8')

  return targetAt({ url, identities: CredentialsFile.parse(JSON.parse(file)), platform, call })
}
