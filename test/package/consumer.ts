import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'

export const run = promisify(execFile)

const project = fileURLToPath(new URL('../..', import.meta.url))

const Packed = z.array(
  z.object({ filename: z.string(), files: z.array(z.object({ path: z.string() })) }),
)

/** Packs the project as it is built. */
const pack = async (into: string) => {
  const flags = ['pack', '--json', '--ignore-scripts', '--pack-destination', into]
  const { stdout } = await run('npm', flags, { cwd: project })
  const [packed] = Packed.parse(JSON.parse(stdout))
  if (!packed) throw new Error('npm packed nothing.')

  return { tarball: join(into, packed.filename), files: packed.files.map(({ path }) => path) }
}

const config = {
  compilerOptions: {
    target: 'es2023',
    lib: ['es2023'],
    types: ['node'],
    module: 'nodenext',
    strict: true,
    skipLibCheck: true,
    rootDir: 'src',
    outDir: 'out',
  },
  include: ['src'],
}

/** A project of somebody else that has installed the tarball. */
export const createConsumer = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wechatpay-sandbox-consumer-'))
  const packed = await pack(folder)
  await mkdir(join(folder, 'src'))
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
  const flags = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--omit=peer']
  await run('npm', [...flags, packed.tarball], { cwd: folder })

  // What the samples use beside the package comes from this project.
  for (const name of ['msw', 'express', 'vitest', '@types']) {
    await symlink(join(project, 'node_modules', name), join(folder, 'node_modules', name))
  }

  return {
    ...packed,
    folder,
    write: (name: string, text: string) => writeFile(join(folder, 'src', name), text),
    compile: () => run(join(project, 'node_modules/.bin/tsc'), ['-p', folder]),
    execute: (name: string) =>
      run(process.execPath, [join('out', name)], { cwd: folder, timeout: 20_000 }),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
