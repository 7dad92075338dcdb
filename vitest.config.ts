import { defineConfig } from 'vitest/config'

const shared = { environment: 'node', pool: 'forks' } as const

export default defineConfig({
  test: {
    watch: false,
    maxWorkers: '100%',
    projects: [
      { test: { ...shared, name: 'unit', include: ['test/**/*.test.{ts,tsx}'], exclude: ['test/e2e/**'], testTimeout: 60_000 } },
      {
        test: {
          ...shared,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: 'test/e2e/build-once.ts',
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
