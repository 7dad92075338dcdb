import { defineConfig } from 'vitest/config'

/** The tests that mutants of the pure core are held against. The AWS managed documents are left to `npm test`: they are minutes, not seconds. */
export default defineConfig({
  test: {
    environment: 'node',
    watch: false,
    testTimeout: 60_000,
    include: ['test/{policy,evidence,plan}/**/*.test.ts'],
    exclude: ['**/aws-managed.test.ts'],
  },
})
