/** The second step of the build: bundles what is published into as few files as its doors can share. */
import { resolve } from 'node:path'
import { build } from 'rolldown'

/** A package, as far as it is bundled, is a file. */
const packageOf = (file) => /node_modules\/(?:@[^/]+\/)?([^/]+)/.exec(file)?.[1] ?? null

/** So is what every sandbox needs, and of that what is the contract's: few files load fast. */
const everyStart = (file, bundle) => {
  const reached = (door) => {
    const files = new Set([resolve(door)])
    for (const each of files) {
      for (const next of bundle.getModuleInfo(each)?.importedIds ?? []) files.add(next)
    }
    return files.has(file)
  }
  if (!reached('sandbox/sandbox.ts')) return null
  return reached('contracts/index.ts') ? 'contract' : 'sandbox'
}

await build({
  input: {
    'client/index': 'client/index.ts',
    'client/blocking-worker': 'client/blocking-worker.ts',
    'contracts/index': 'contracts/index.ts',
    'sandbox/index': 'sandbox/index.ts',
    'sandbox/msw': 'sandbox/msw.ts',
    'sandbox/cli/main': 'sandbox/cli/main.ts',
  },
  platform: 'node',
  // What a start does without stays a package of its own.
  external: /^(@faker-js|@mswjs|@peculiar|msw|reflect-metadata|synckit)\b/,
  output: {
    dir: 'dist',
    chunkFileNames: 'chunks/[name].js',
    sourcemap: true,
    // What they say stands in the types.
    comments: { jsdoc: false },
    codeSplitting: {
      groups: [
        { debugName: 'packages', name: packageOf },
        { debugName: 'start', name: everyStart },
      ],
    },
  },
})
