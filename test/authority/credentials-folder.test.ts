import { generateKeyPairSync } from 'node:crypto'
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCredentials } from '../../sandbox/authority/credentials-folder.ts'
import { further, identities } from './identities.ts'

let base: string
let made: string

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'credentials-'))
  made = join(base, 'made')
  const authority = await openCredentials(made, identities)
  await authority.addMerchant(further)
})
afterAll(() => rm(base, { recursive: true }))

const newPath = async () => join(await mkdtemp(join(base, 'test-')), 'credentials')

/** A copy of the folder that was made, to be spoiled. */
const copy = async () => {
  const dir = await newPath()
  await cp(made, dir, { recursive: true })
  return dir
}

const replace = async (path: string, change: (text: string) => string) =>
  writeFile(path, change(await readFile(path, 'utf8')))

const treeOf = async (dir: string) => {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const described = entries.map(async (entry) => {
    const path = join(entry.parentPath, entry.name)
    const { mode } = await stat(path)
    return [relative(dir, path), (mode & 0o777).toString(8)] as const
  })

  return Object.fromEntries(await Promise.all(described))
}

const failureOf = async (dir: string, now?: () => Date): Promise<unknown> => {
  try {
    await openCredentials(dir, identities, now)
  } catch (error) {
    return error
  }
  return 'it opens'
}

test.skipIf(process.platform === 'win32')('the folder has its files and their modes', async () => {
  expect(await treeOf(made)).toEqual({
    'apiclient_cert.pem': '644',
    'apiclient_key.pem': '600',
    'credentials.json': '600',
    'pub_key.pem': '644',
    'wechatpay_cert.pem': '644',
    private: '700',
    'private/pub_key_private.pem': '600',
    'private/wechatpay_key.pem': '600',
    merchants: '755',
    'merchants/1900000002': '755',
    'merchants/1900000002/apiclient_cert.pem': '644',
    'merchants/1900000002/apiclient_key.pem': '600',
    'merchants/1900000002/credentials.json': '600',
    'merchants/1900000002/pub_key.pem': '644',
    'merchants/1900000002/private': '700',
    'merchants/1900000002/private/pub_key_private.pem': '600',
    'merchants/1900000002/wechatpay_cert.pem': '644',
  })
})

test('the files hold what the credentials say', async () => {
  const authority = await openCredentials(made, identities)
  const { merchantKey, merchantCertificate, platformCertificate, publicKey, ...known } =
    authority.credentialsOf(identities.mchid)
  const read = (name: string) => readFile(join(made, name), 'utf8')

  expect(JSON.parse(await read('credentials.json'))).toEqual(known)
  expect(await read('apiclient_key.pem')).toBe(merchantKey)
  expect(await read('apiclient_cert.pem')).toBe(merchantCertificate)
  expect(await read('wechatpay_cert.pem')).toBe(platformCertificate)
  expect(await read('pub_key.pem')).toBe(publicKey)
})

test('a second start keeps all keys and every merchant', async () => {
  const dir = await newPath()
  const first = await openCredentials(dir, identities)
  const added = await first.addMerchant(further)
  const second = await openCredentials(dir, { ...identities, appid: 'another' })

  expect(second.credentialsOf(identities.mchid)).toEqual(first.credentialsOf(identities.mchid))
  expect([...second.merchants.keys()]).toEqual([identities.mchid, further.mchid])
  expect(await second.addMerchant(further)).toEqual(added)
  for (const { mchid, platformPublicKey } of first.merchants.values()) {
    const kept = second.merchants.get(mchid)?.platformPublicKey
    expect(kept?.privateKey.equals(platformPublicKey.privateKey)).toBe(true)
  }
  const kept = second.platform.certificate.privateKey
  expect(kept.equals(first.platform.certificate.privateKey)).toBe(true)
})

const withoutApiv2Key = async () => {
  const dir = await copy()
  const file = join(dir, 'credentials.json')
  const { apiv2Key: _, ...older } = JSON.parse(await readFile(file, 'utf8'))
  await writeFile(file, JSON.stringify({ ...older, note: 'mine' }), { mode: 0o640 })
  return { dir, file, older }
}

test('a folder of before there was an APIv2 key gets one, and nothing else in it changes', async () => {
  const { dir, file, older } = await withoutApiv2Key()
  const { mode } = await stat(file)
  const { apiv2Key } = (await openCredentials(dir, identities)).credentialsOf(identities.mchid)

  expect(apiv2Key).toMatch(/^[0-9a-f]{32}$/)
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ ...older, note: 'mine', apiv2Key })
  expect((await stat(file)).mode).toBe(mode)
  expect(await readdir(dir)).toEqual(await readdir(made))
})

test('starts at once on such a folder end with one APIv2 key', async () => {
  const { dir, file } = await withoutApiv2Key()
  const starts = await Promise.all([1, 2, 3].map(() => openCredentials(dir, identities)))
  const { apiv2Key } = JSON.parse(await readFile(file, 'utf8'))

  for (const authority of starts) {
    expect(authority.credentialsOf(identities.mchid).apiv2Key).toBe(apiv2Key)
  }
})

test.skipIf(process.getuid?.() === 0)(
  'such a folder that cannot be written is read all the same',
  async () => {
    const { dir, file } = await withoutApiv2Key()
    const before = await readFile(file, 'utf8')
    await chmod(dir, 0o500)
    const authority = await openCredentials(dir, identities)
    await chmod(dir, 0o700)

    expect(authority.credentialsOf(identities.mchid).apiv2Key).toHaveLength(32)
    expect(await readFile(file, 'utf8')).toBe(before)
  },
)

test('an empty folder is filled, and so is one whose parents are missing', async () => {
  const empty = await newPath()
  await mkdir(empty)
  const deep = join(await newPath(), 'a', 'b')

  await openCredentials(empty, identities)
  await openCredentials(deep, identities)

  expect(await readdir(empty)).toContain('credentials.json')
  expect(await readdir(deep)).toContain('credentials.json')
})

test('first starts at once end with one set of keys and leave nothing else behind', async () => {
  const dir = await newPath()
  const starts = await Promise.all([1, 2, 3].map(() => openCredentials(dir, identities)))
  const added = await Promise.all(starts.map((authority) => authority.addMerchant(further)))
  const kept = await openCredentials(dir, identities)

  for (const authority of starts) {
    expect(authority.credentialsOf(identities.mchid)).toEqual(kept.credentialsOf(identities.mchid))
  }
  for (const credentials of added) {
    expect(credentials).toEqual(kept.credentialsOf(further.mchid))
  }
  expect(await readdir(join(dir, '..'))).toEqual(['credentials'])
  expect(await readdir(join(dir, 'merchants'))).toEqual([further.mchid])
})

test('a draft that a crash left behind is passed over', async () => {
  const dir = await copy()
  await mkdir(join(dir, 'merchants', '1900000003.draft'))

  expect([...(await openCredentials(dir, identities)).merchants.keys()]).not.toContain('1900000003')
})

const files = [
  'apiclient_key.pem',
  'apiclient_cert.pem',
  'wechatpay_cert.pem',
  'pub_key.pem',
  'private/wechatpay_key.pem',
  'private/pub_key_private.pem',
  'merchants/1900000002/credentials.json',
]
const pems = files.slice(0, -1)
const ends =
  /^The credentials folder \S+ cannot be used: [^;]+; (restore|choose|delete|start)[^;]*\.$/

test.each(files)('a folder without %s is refused', async (name) => {
  const dir = await copy()
  await rm(join(dir, name))

  expect(await failureOf(dir)).toMatchObject({
    code: 'CREDENTIALS_INCOMPLETE',
    message: expect.stringMatching(/\.(pem|json) is missing; restore the file, or delete/),
  })
})

test.each(pems)('a folder with a damaged %s is refused', async (name) => {
  const dir = await copy()
  await replace(join(dir, name), (text) => text.slice(0, 200))

  expect(await failureOf(dir)).toMatchObject({
    code: 'CREDENTIALS_UNREADABLE',
    message: expect.stringMatching(ends),
  })
})

test.each(pems.filter((name) => name.includes('key')))(
  'a folder with another %s is refused',
  async (name) => {
    const other = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    })
    const dir = await copy()
    await writeFile(join(dir, name), name === 'pub_key.pem' ? other.publicKey : other.privateKey)

    expect(await failureOf(dir)).toMatchObject({
      code: 'CREDENTIALS_INCONSISTENT',
      message: expect.stringMatching(/ is not the key of .+; restore the files, or delete/),
    })
  },
)

test.each(['merchantSerial', 'platformSerial'])('another %s is refused', async (member) => {
  const dir = await copy()
  await replace(join(dir, 'credentials.json'), (text) =>
    JSON.stringify({ ...JSON.parse(text), [member]: '1234567890ABCDEF' }),
  )

  expect(await failureOf(dir)).toMatchObject({
    code: 'CREDENTIALS_INCONSISTENT',
    message: expect.stringContaining(`${member} is not that of `),
  })
})

test.each([
  ['is not a JSON object', '{"apiv3Key":"TopSecretTopSecretTopSecretTopSe"'],
  ['is not a JSON object', '[]'],
  ['has no usable mchid, appid', '{"apiv3Key":"TopSecretTopSecretTopSecretTopSe"}'],
])('credentials.json that %s is refused without quoting it', async (reason, text) => {
  const dir = await copy()
  await writeFile(join(dir, 'credentials.json'), text)
  const failure = await failureOf(dir)

  expect(failure).toMatchObject({
    code: 'CREDENTIALS_UNREADABLE',
    message: expect.stringContaining(`credentials.json ${reason}`),
    cause: undefined,
  })
  expect(String(failure)).not.toContain('TopSecret')
})

test('an APIv3 key of another length is refused', async () => {
  const dir = await copy()
  await replace(join(dir, 'credentials.json'), (text) =>
    JSON.stringify({ ...JSON.parse(text), apiv3Key: 'short' }),
  )

  expect(await failureOf(dir)).toMatchObject({
    code: 'CREDENTIALS_UNREADABLE',
    message: expect.stringContaining('credentials.json has no usable apiv3Key; restore the file'),
  })
})

test.each([
  ['after', 6],
  ['before', -1],
])('a folder is refused %s its time', async (_when, years) => {
  const then = new Date()
  then.setUTCFullYear(then.getUTCFullYear() + years)

  expect(await failureOf(made, () => then)).toMatchObject({
    code: 'CREDENTIALS_EXPIRED',
    message: expect.stringMatching(/_cert\.pem is valid from .+ and now is .+; delete the folder/),
  })
})

test('a folder of another merchant is refused', async () => {
  const failure = openCredentials(made, further)

  await expect(failure).rejects.toMatchObject({
    code: 'CREDENTIALS_OF_ANOTHER_MERCHANT',
    message: expect.stringContaining('it belongs to the merchant 1900000001, not to 1900000002;'),
  })
})

test('a folder of other things is refused and left as it is', async () => {
  const dir = await newPath()
  await mkdir(dir)
  await writeFile(join(dir, 'notes.txt'), 'mine')

  expect(await failureOf(dir)).toMatchObject({
    code: 'CREDENTIALS_FOREIGN',
    message: expect.stringContaining('holds other files but no credentials.json; choose another'),
  })
  expect(await readdir(dir)).toEqual(['notes.txt'])
})

test('a file in the place of the folder is refused', async () => {
  const dir = await newPath()
  await writeFile(dir, 'mine')

  expect(await failureOf(dir)).toMatchObject({
    code: 'CREDENTIALS_FOREIGN',
    message: expect.stringContaining('it is not a folder that can be listed (ENOTDIR);'),
  })
})

test('a folder in the place of a file is refused', async () => {
  const dir = await copy()
  await rm(join(dir, 'pub_key.pem'))
  await mkdir(join(dir, 'pub_key.pem'))

  expect(await failureOf(dir)).toMatchObject({
    code: 'CREDENTIALS_UNREADABLE',
    message: expect.stringContaining('pub_key.pem cannot be read (EISDIR);'),
  })
})

test('a file in the place of the further merchants is refused', async () => {
  const dir = await copy()
  await rm(join(dir, 'merchants'), { recursive: true })
  await writeFile(join(dir, 'merchants'), '')

  expect(await failureOf(dir)).toMatchObject({
    code: 'CREDENTIALS_UNREADABLE',
    message: expect.stringContaining('its merchants cannot be listed (ENOTDIR);'),
  })
})

test.skipIf(process.platform !== 'linux')('a place that cannot be written is named', async () => {
  expect(await failureOf('/proc/credentials')).toMatchObject({
    code: 'CREDENTIALS_UNWRITABLE',
    message: expect.stringMatching(/^The credentials folder \/proc\/credentials cannot be used:/),
  })
})
