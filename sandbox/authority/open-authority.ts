import type { Identities } from '../../contracts/credentials.ts'
import type { Authority } from './authority.ts'
import { openCredentials } from './credentials-folder.ts'
import { issueCredentials } from './issue.ts'

/**
 * Keys of a folder, made at the first start and kept; without a folder, in memory only.
 * @throws {CredentialsError} when the folder cannot be used
 */
export const openAuthority = (
  dir: string | undefined,
  identities: Identities,
): Promise<Authority> =>
  dir === undefined ? issueCredentials(identities) : openCredentials(dir, identities)
