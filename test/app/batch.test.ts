import { expect, it } from 'vitest'
import { planShapes } from '../support/plan-shapes.ts'
import { applyNext, granted, testAccount } from '../support/test-account.ts'

const [app] = planShapes['inline only']?.roles ?? []

it('keeps the changes of a batch together in reports and in history, and the rollbacks of another one too', async () => {
  const { useCases } = await testAccount({ roles: ['a', 'b'].map((name) => ({ ...app, name })) })
  const [batchId, back] = [useCases.newBatchId(), useCases.newBatchId()]
  expect(back).not.toBe(batchId)
  const reports = [granted(await applyNext(useCases, 'a', { batchId })), granted(await applyNext(useCases, 'b', { batchId }))]
  expect(reports.map((report) => report.batchId)).toEqual([batchId, batchId])
  for (const { changeId } of reports) expect(granted(await useCases.rollback(changeId, { batchId: back })).batchId).toBe(back)
  expect((await useCases.history()).map((entry) => [entry.kind, entry.batchId])).toEqual([
    ['rollback', back],
    ['rollback', back],
    ['tighten', batchId],
    ['tighten', batchId],
  ])
})
