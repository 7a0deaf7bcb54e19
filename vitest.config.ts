import { defineConfig } from 'vitest/config'

const whole = { lines: 100, functions: 100, statements: 100, branches: 95 }

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/build.ts'],
    pool: 'threads',
    // Modules keep no state, so the files of a worker share them instead of loading them anew.
    isolate: false,
    maxWorkers: '100%',
    testTimeout: 20_000,
    coverage: {
      provider: 'v8',
      include: ['contracts/protocol/**', 'sandbox/domain/**', 'sandbox/http/**', 'client/**'],
      thresholds: { 'contracts/protocol/**': whole, 'sandbox/domain/**': whole },
    },
  },
})
