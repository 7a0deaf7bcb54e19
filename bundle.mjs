/** The second step of the build: bundles what is published into as few files as its doors can share. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'rolldown'

const packagePath = /^.*\/node_modules\/((?:@[^/]+\/)?([^/]+))/

/** Whether a file is loaded with another, by imports that do not wait. */
const isReached = (bundle, { from, id }) => {
  const ids = new Set([resolve(from)])
  for (const each of ids) {
    for (const next of bundle.getModuleInfo(each)?.importedIds ?? []) ids.add(next)
  }
  return ids.has(id)
}

/** What every sandbox loads: few files load fast. Everything else is split by who imports it. */
const atEveryStart = (nameOf) => (id, bundle) =>
  isReached(bundle, { from: 'sandbox/sandbox.ts', id }) ? nameOf(id, bundle) : null

const packageOf = (id) => packagePath.exec(id)?.[2] ?? null

const commands = readdirSync('sandbox/cli').filter((name) => name.endsWith('.ts'))

/** The contract, what commands load before they do anything, and the server. */
const sideOf = (id, bundle) => {
  if (id.startsWith(resolve('contracts'))) return 'contract'
  const isShared = commands.some((name) => isReached(bundle, { from: `sandbox/cli/${name}`, id }))
  return isShared ? 'command' : 'sandbox'
}

const { output } = await build({
  input: {
    'client/index': 'client/index.ts',
    'client/blocking-worker': 'client/blocking-worker.ts',
    'contracts/index': 'contracts/index.ts',
    'sandbox/index': 'sandbox/index.ts',
    'sandbox/msw': 'sandbox/msw.ts',
    'sandbox/cli/main': 'sandbox/cli/main.ts',
  },
  platform: 'node',
  // These stay packages of their own: a start does without them, or they must be the user's.
  external: /^(@faker-js|@mswjs|msw|synckit|classic-level)\b/,
  output: {
    dir: 'dist',
    chunkFileNames: 'chunks/[name].js',
    sourcemap: true,
    // What they say stands in the types.
    comments: { jsdoc: false },
    codeSplitting: {
      groups: [
        { debugName: 'packages', name: atEveryStart(packageOf) },
        { debugName: 'sides', name: atEveryStart(sideOf) },
      ],
    },
  },
})

/** What is bundled of others goes with their licences. */
const licenceOf = (folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8')
  return `${name} ${version}, ${license}\n\n${text.trim()}\n`
}
const folders = output
  .flatMap(({ moduleIds = [] }) => moduleIds)
  .flatMap((id) => packagePath.exec(id)?.[0] ?? [])
writeFileSync(
  'dist/LICENCES.txt',
  [...new Set(folders)].toSorted().map(licenceOf).join('\n---\n\n'),
)
