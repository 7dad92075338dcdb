import { expect, it } from 'vitest'
import { futureToKeep, isFuture } from '../../src/app/keep-future.ts'
import { planShapes } from '../support/plan-shapes.ts'
import { smallUniverse } from '../support/small-catalog.ts'
import { granted, refusalOf, testAccount } from '../support/test-account.ts'

it('reads future, alone or of a service, among what is kept', () => {
  expect(futureToKeep(['s3:GetObject', 'S3:future', 'sqs:Future'])).toEqual({ everything: false, services: new Set(['s3', 'sqs']) })
  expect(futureToKeep(['future'])).toEqual({ everything: true, services: new Set() })
  const universe = smallUniverse()
  expect(['future', 's3:future', 'nosuch:future', 's3:GetObject'].map((one) => isFuture(universe, one))).toEqual([true, true, false, false])
})

it('keeps the future of a wildcard, and refuses that of a service that nobody knows', async () => {
  const { useCases } = await testAccount(planShapes['split into several'] ?? {})
  const [plain] = granted(await useCases.plan(['app'])).roles
  const [open] = granted(await useCases.plan(['app'], { keep: ['future'] })).roles
  expect(plain?.dropsFuture).toContain('ec2')
  expect(open?.stages.length).toBeGreaterThan(0)
  for (const { after, proof } of open?.stages ?? []) {
    expect(JSON.stringify(after.map(({ document }) => document))).toContain('"NotAction"')
    expect(proof.counterexample).toBeNull()
  }
  expect(refusalOf(await useCases.plan(['app'], { keep: ['nosuch:future'] }))).toBe('unknown-action')
  expect(refusalOf(await useCases.plan(['app'], { remove: ['future'] }))).toBe('unknown-action')
})
