/** The second step of the build: bundles what is published into as few files as its doors can share. */
import { build } from 'rolldown'

const packageOf = (file) => /node_modules\/(?:@[^/]+\/)?([^/]+)/.exec(file)?.[1] ?? null

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
    codeSplitting: { groups: [{ debugName: 'packages', name: packageOf }] },
  },
})
