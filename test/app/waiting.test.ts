import { describe, expect, it } from 'vitest'
import type { ChangeProgress } from '../../src/app/use-cases.ts'
import { planShapes } from '../support/plan-shapes.ts'
import { applyNext, granted, refusalOf, testAccount, writesOf } from '../support/test-account.ts'

const managed = planShapes['AWS managed replaced'] ?? {}

describe('while another process is changing the account', () => {
  it('an open change is no interrupted one: undoing and recovering wait, then say who it is', async () => {
    const { useCases, ledger } = await testAccount(managed)
    const { changeId } = granted(await applyNext(useCases, 'app'))
    ledger.setChangeState(changeId, 'applying', '2026-11-02T09:00:00.000Z')
    const lock = await ledger.lock('demo', { waitMs: 0, what: 'apply a stage of app' })
    for (const outcome of [await useCases.undoable('app'), await useCases.toRecover(), await useCases.rollback(changeId)]) {
      expect(outcome).toMatchObject({ ok: false, refusal: { code: 4, id: 'lock' } })
      expect(outcome.ok ? '' : outcome.refusal.message).toMatch(`process ${process.pid} since 2`)
    }
    for (const outcome of [await useCases.quarantine('app'), await useCases.release('app'), await useCases.recover(changeId, 'resume')])
      expect(refusalOf(outcome)).toBe('lock')
    expect((await useCases.history())[0]?.outcome).toBe('applying')
    expect(await useCases.interrupted()).toEqual([])
    if (lock.held) lock.release()
    expect(await useCases.undoable('app')).toMatchObject({ ok: false, refusal: { code: 5, id: 'open-change' } })
    expect(granted(await useCases.toRecover())).toMatchObject([{ changeId }])
  })

  it('an undo goes on as soon as the other one is done', async () => {
    const { useCases, ledger, restart } = await testAccount(managed)
    const { changeId } = granted(await applyNext(useCases, 'app'))
    ledger.setChangeState(changeId, 'applying', '2026-11-02T09:00:00.000Z')
    const lock = await ledger.lock('demo', { waitMs: 0, what: 'apply' })
    const waiting = restart({ lockWaitMs: 60_000 }).undoable('app')
    ledger.setChangeState(changeId, 'soaking', '2026-11-02T09:00:01.000Z')
    if (lock.held) lock.release()
    expect(granted(await waiting).changeId).toBe(changeId)
  })

  it('a user who does not want to wait any longer is not kept', async () => {
    const { ledger, restart } = await testAccount(managed)
    const lock = await ledger.lock('demo', { waitMs: 0, what: 'apply' })
    const stop = new AbortController()
    const waiting = restart({ lockWaitMs: 3_600_000 }).quarantine('app', { signal: stop.signal })
    stop.abort()
    expect(refusalOf(await waiting)).toBe('lock')
    if (lock.held) lock.release()
  })
})

describe('between the halves of a change', () => {
  async function settling() {
    const account = await testAccount(managed)
    const stop = new AbortController()
    const { clock } = account
    // The user gives up as soon as the waiting begins; the clock then rejects as Node's own timer does.
    const impatient = {
      ...clock,
      sleep: async (ms: number, signal?: AbortSignal) => {
        if (ms === 60_000) stop.abort()
        signal?.throwIfAborted()
        await clock.sleep(ms)
      },
    }
    return { ...account, stop, impatient: account.restart({ clock: impatient, settleMs: 60_000 }) }
  }

  it('a cancelled change takes back what it added', async () => {
    const { impatient, stop, roleState, sandbox, useCases } = await settling()
    const original = await roleState('app')
    const seen: ChangeProgress['phase'][] = []
    const options = { signal: stop.signal, onProgress: ({ phase }: ChangeProgress) => void seen.push(phase) }
    expect(refusalOf(await applyNext(impatient, 'app', options))).toBe('cancelled')
    expect(seen).toContain('settle')
    expect(await roleState('app')).toEqual(original)
    expect(writesOf(sandbox)).not.toContain('DetachRolePolicy')
    expect((await useCases.history())[0]?.outcome).toBe('failed')
  })

  it('a cancelled rollback has restored the role, and is finished later', async () => {
    const { impatient, stop, useCases, roleState } = await settling()
    const original = await roleState('app')
    const { changeId } = granted(await applyNext(useCases, 'app'))
    const stopped = await impatient.rollback(changeId, { signal: stop.signal })
    expect(stopped).toMatchObject({ ok: false, refusal: { code: 5, id: 'interrupted' } })
    expect(stopped.ok ? '' : stopped.refusal.message).toContain('has its rights back')
    expect((await roleState('app'))?.attached.map(({ name }) => name)).toContain('AmazonS3FullAccess')
    const [open] = granted(await useCases.toRecover())
    granted(await useCases.recover(open?.changeId ?? '', 'resume'))
    expect(await roleState('app')).toEqual(original)
  })
})

describe('a caller who may not do everything', () => {
  it('hears it before a rollback writes, and what AWS refuses in its middle is finished by somebody who may', async () => {
    const { useCases, roleState, sandbox, setFaults, live, restart } = await testAccount(managed)
    const original = await roleState('app')
    const { changeId } = granted(await applyNext(useCases, 'app'))
    const before = writesOf(sandbox).length
    const warned: [string, number][] = []
    const weak = restart({ live: { ...live, rights: async (rights) => rights.map(({ action }) => action !== 'iam:DeleteRolePolicy') } })
    setFaults(({ operation }) =>
      /^Delete/.test(operation) ? { kind: 'error', status: 403, code: 'AccessDenied', message: 'not you' } : null,
    )
    const stopped = await weak.rollback(changeId, {
      onProgress: ({ phase, text }) => void (phase === 'preflight' && warned.push([text, writesOf(sandbox).length])),
    })
    expect(warned).toEqual([[expect.stringContaining('iam:DeleteRolePolicy'), before]])
    expect(stopped).toMatchObject({ ok: false, refusal: { code: 5, id: 'interrupted' } })
    setFaults(null)
    const [open] = granted(await useCases.toRecover())
    granted(await useCases.recover(open?.changeId ?? '', 'resume'))
    expect(await roleState('app')).toEqual(original)
  })

  it('is told where nobody can tell', async () => {
    const { live, restart } = await testAccount(managed)
    const told: string[] = []
    const options = { onProgress: ({ phase, text }: ChangeProgress) => void (phase === 'preflight' && told.push(text)) }
    granted(await applyNext(restart({ live: { ...live, rights: async () => null } }), 'app', options))
    expect(told).toEqual([expect.stringContaining('is not known')])
  })
})
