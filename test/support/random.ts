/**
 * Properties run with a fixed seed and few runs, so that the suite is quick and the same every time. A longer hunt:
 *
 *   ZT_TUI_TEST_RUNS=50 ZT_TUI_TEST_SEED=7 vitest run test/policy
 */
const factor = Number(process.env.ZT_TUI_TEST_RUNS ?? 1)
const offset = Number(process.env.ZT_TUI_TEST_SEED ?? 0) * 1000

export const random = (seed: number, numRuns: number): { readonly seed: number; readonly numRuns: number } => ({
  seed: seed + offset,
  numRuns: numRuns * factor,
})

/** Properties that hunt for long may take long. */
export const patience = 60_000 * factor
