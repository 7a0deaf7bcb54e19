import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/build.ts'],
    pool: 'threads',
    testTimeout: 20_000,
    coverage: {
      provider: 'v8',
      include: ['contracts/protocol/**', 'sandbox/domain/**'],
      exclude: ['dist/**'],
      thresholds: { lines: 100, functions: 100, statements: 100, branches: 95 },
    },
  },
})
