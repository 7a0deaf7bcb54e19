import { join, resolve } from 'node:path'
import type { Identities } from '../../contracts/credentials.ts'
import { type Authority, createAuthority } from './authority.ts'
import { isVacant, merchantFiles, placeFolder, platformFiles } from './folder-files.ts'
import { merchantsBelow, readMerchant, readPlatform } from './folder-reading.ts'
import { issueCredentials, issueMerchant, issuePlatform } from './issue.ts'

/**
 * Opens a credentials folder, and makes it first when it is absent or empty. What a kept folder
 * says holds over `identities`; only the mchid has to agree.
 * @throws {CredentialsError} when the folder cannot be used; nothing in it is changed then.
 */
export const openCredentials = async (
  folder: string,
  identities: Identities,
  now: () => Date = () => new Date(),
): Promise<Authority> => {
  const root = resolve(folder)
  const below = join(root, 'merchants')
  if (await isVacant(root)) await makeFolder(root, identities, now())

  const platform = await readPlatform(root, now())
  const read = (dir: string, mchid: string) => readMerchant(dir, { mchid, platform, now: now() })
  const further = await merchantsBelow(below)
  const merchants = await Promise.all([
    read(root, identities.mchid),
    ...further.map((mchid) => read(join(below, mchid), mchid)),
  ])

  const enrol = async (added: Identities) => {
    const dir = join(below, added.mchid)
    if (await isVacant(dir)) {
      await placeFolder(dir, merchantFiles(await issueMerchant(added, now()), platform))
    }
    return read(dir, added.mchid)
  }

  return createAuthority({ platform, merchants, enrol })
}

const makeFolder = async (root: string, identities: Identities, now: Date): Promise<void> => {
  const [platform, merchant] = await Promise.all([
    issuePlatform(now),
    issueMerchant(identities, now),
  ])
  await placeFolder(root, [...platformFiles(platform), ...merchantFiles(merchant, platform)])
}

/** Where the keys of a merchant lie: the first one's in the folder itself, others below. */
export const merchantFolder = (
  folder: string,
  { mchid, first }: { mchid: string; first: string },
): string => (mchid === first ? resolve(folder) : join(resolve(folder), 'merchants', mchid))

/**
 * Keys of a folder, made at the first start and kept; without a folder, in memory only.
 * @throws {CredentialsError} when the folder cannot be used
 */
export const openAuthority = (
  dir: string | undefined,
  identities: Identities,
): Promise<Authority> =>
  dir === undefined ? issueCredentials(identities) : openCredentials(dir, identities)
