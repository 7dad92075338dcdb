import { describe, expect, it } from 'vitest'
import { asLedgerFailure } from '../../src/ledger/sqlite-failure.ts'
import type { Ledger } from '../../src/ports/ledger.ts'
import { planShapes } from '../support/plan-shapes.ts'
import { applyNext, granted, refusalOf, testAccount, writesOf } from '../support/test-account.ts'

const inline = planShapes['inline only'] ?? {}

/** A ledger whose disk refuses one of its writes, with SQLite's own code. */
const failing = (method: 'saveSnapshot' | 'saveRestoreScript' | 'beginChange' | 'setChangeState' | 'setOperation', errcode: number) => {
  const disk = { refuses: true }
  const fail = () => {
    throw asLedgerFailure(Object.assign(new Error('sqlite'), { errcode }), '/data/ledger.sqlite')
  }
  const over = (ledger: Ledger): Ledger => ({
    ...ledger,
    [method]: (...given: never[]) => (disk.refuses ? fail() : Reflect.apply(ledger[method], ledger, given)),
  })
  return { disk, over }
}

describe('where the disk refuses before the way back is on it', () => {
  it.each([
    ['full', 'saveSnapshot', 13, /disk is full/],
    ['full', 'saveRestoreScript', 13, /disk is full/],
    ['full', 'beginChange', 13, /disk is full/],
    ['read-only', 'beginChange', 8, /cannot be written/],
    ['broken', 'saveSnapshot', 10, /disk failed/],
    ['corrupt', 'beginChange', 11, /is damaged/],
  ] as const)('%s (%s): one line, exit code 3, no write to AWS', async (_, method, errcode, message) => {
    const { over } = failing(method, errcode)
    const { useCases, sandbox, roleState } = await testAccount(inline, (ledger) => ({ ledger: over(ledger) }))
    const before = await roleState('app')
    const outcome = await applyNext(useCases, 'app')
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 3, id: 'ledger', message: expect.stringMatching(message) } })
    expect(writesOf(sandbox)).toEqual([])
    expect(await roleState('app')).toEqual(before)
  })
})

describe('where the disk refuses once the change is in the journal', () => {
  it.each(['setChangeState', 'setOperation'] as const)(
    '%s: no write to AWS, and both ways out when there is room again',
    async (method) => {
      for (const way of ['resume', 'rollback'] as const) {
        const { over, disk } = failing(method, 13)
        const { useCases, sandbox, roleState } = await testAccount(inline, (ledger) => ({ ledger: over(ledger) }))
        const before = await roleState('app')
        expect(await applyNext(useCases, 'app')).toMatchObject({ ok: false, refusal: { code: 5, id: 'ledger' } })
        expect(writesOf(sandbox)).toEqual([])
        disk.refuses = false
        const [open] = granted(await useCases.toRecover())
        granted(await useCases.recover(open?.changeId ?? '', way))
        expect((await roleState('app'))?.inline[0]?.text === before?.inline[0]?.text).toBe(way === 'rollback')
      }
    },
  )
})

describe('a clock that was set back', () => {
  it('begins no change and keeps nobody from the way back', async () => {
    const { useCases, restart, clock, sandbox } = await testAccount(inline)
    const { changeId } = granted(await applyNext(useCases, 'app'))
    const writes = writesOf(sandbox).length
    const early = restart({ clock: { ...clock, now: () => new Date(clock.now().getTime() - 3_600_000) } })
    const refused = await applyNext(early, 'app')
    expect(refusalOf(refused)).toBe('clock')
    expect(refused.ok ? '' : refused.refusal.message).toMatch(/the clock says .* it was set back/)
    expect(refusalOf(await early.quarantine('app'))).toBe('clock')
    expect(writesOf(sandbox)).toHaveLength(writes)
    granted(await early.rollback(changeId))
  })
})
