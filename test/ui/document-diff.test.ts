import { describe, expect, test } from 'vitest'
import type { PlannedPolicy, PlanStage } from '../../src/plan/plan.ts'
import { diffStage } from '../../src/ui/document-diff.ts'

const policy = (name: string, actions: readonly string[], kind: PlannedPolicy['kind'] = 'inline'): PlannedPolicy => {
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] }
  return { name, kind, document, text: JSON.stringify(document) }
}

const stage = (before: readonly PlannedPolicy[], after: readonly PlannedPolicy[]): PlanStage => ({
  n: 1,
  title: 'test',
  startHash: '',
  removes: [],
  before,
  after,
  operations: [],
  proof: { noNewAccess: true, usedKept: true, prefixes: true, counterexample: null },
  sizes: { inline: 0, inlineLimit: 10_240, managed: [], limitOk: true },
  riskAfter: 0,
  decisions: 0,
})

const changed = (diff: ReturnType<typeof diffStage>[number] | undefined) =>
  diff?.lines.filter(({ kind }) => kind === 'added' || kind === 'removed').map(({ kind, text }) => `${kind} ${text.trim()}`)

describe('document diffs', () => {
  test('a changed policy shows its changed lines', () => {
    const [diff] = diffStage(stage([policy('p', ['s3:Get', 's3:Put'])], [policy('p', ['s3:Get'])]))
    expect(diff?.fate).toBe('changed')
    expect(changed(diff)).toEqual(['removed "s3:Get",', 'removed "s3:Put"', 'added "s3:Get"'])
  })

  test('one policy that goes and one that comes are one replacement', () => {
    const [diff] = diffStage(stage([policy('AdministratorAccess', ['*'], 'aws-managed')], [policy('zt-tui-kept', ['s3:Get'], 'managed')]))
    expect([diff?.fate, diff?.oldName, diff?.name]).toEqual(['replaced', 'AdministratorAccess', 'zt-tui-kept'])
    expect(changed(diff)).toEqual(['removed "*"', 'added "s3:Get"'])
  })

  test('what stays comes last and shows no lines', () => {
    const fates = diffStage(stage([policy('a', ['x']), policy('b', ['x', 'y'])], [policy('a', ['x']), policy('b', ['x'])]))
    expect(fates.map(({ name, fate, lines }) => [name, fate, lines.length > 0])).toEqual([
      ['b', 'changed', true],
      ['a', 'same', false],
    ])
  })

  test('long unchanged stretches become one line that counts them', () => {
    const many = Array.from({ length: 40 }, (_, index) => `s3:A${index}`)
    const [diff] = diffStage(stage([policy('p', many)], [policy('p', many.slice(0, -1))]))
    expect(diff?.lines[0]).toMatchObject({ kind: 'gap' })
    expect(diff?.lines.length).toBeLessThan(14)
  })

  test('hostile text in a document is written out', () => {
    const [diff] = diffStage(stage([policy('p', ['s3:\u0085x'])], [policy('p', ['s3:Get'])]))
    expect(diff?.lines.map(({ text }) => text).join('')).toContain('s3:\\x85x')
  })
})
