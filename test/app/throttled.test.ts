import { expect, test } from 'vitest'
import { planShapes } from '../support/plan-shapes.ts'
import { applyNext, granted, testAccount } from '../support/test-account.ts'

test('an operation that AWS lets wait tells each wait, longer each time, and is done in the end', async () => {
  const { useCases, setFaults } = await testAccount(planShapes['inline only'] ?? {})
  let refused = 0
  setFaults(({ operation }) => (operation === 'PutRolePolicy' && refused++ < 3 ? { kind: 'throttle' } : null))
  const waits: (number | undefined)[] = []
  const report = granted(
    await applyNext(useCases, 'app', {
      onProgress: ({ phase, k, outcome, throttledMs }) => {
        if (phase === 'operation' && k === 1 && outcome === 'started') waits.push(throttledMs)
      },
    }),
  )
  expect(waits).toEqual([undefined, 100, 200, 400])
  expect(report.operations[0]).toMatchObject({ outcome: 'done' })
})
