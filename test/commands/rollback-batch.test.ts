import { expect, onTestFinished, test } from 'vitest'
import { type Lab, openLab } from '../faults/lab.ts'
import { openShelf } from '../faults/shelf.ts'
import { planShapes } from '../support/plan-shapes.ts'
import { granted } from '../support/test-account.ts'
import { runZt } from './run-zt.ts'

const ROLES = 100
/** IAM's rate of writes: a bucket that gains one call each so many milliseconds. */
const MS_A_CALL = 200

const [app] = planShapes['inline only']?.roles ?? []
const names = Array.from({ length: ROLES }, (_, n) => `app-${String(n + 1).padStart(3, '0')}`)

/** Refuses a write that comes too early. */
function throttle({ clock, setFaults }: Lab): { refused(): number } {
  let next = 0
  let refused = 0
  setFaults(({ operation }) => {
    if (!operation.startsWith('Put')) return null
    const now = clock.now().getTime()
    if (now < next) {
      refused++
      return { kind: 'throttle' }
    }
    next = now + MS_A_CALL
    return null
  })
  return { refused: () => refused }
}

test('a hundred roles are rolled back at the speed that throttling allows, and the progress is told', { timeout: 300_000 }, async () => {
  const shelf = openShelf()
  const { ledger, dataDir, wires, catalog } = shelf
  const fixture = { roles: names.map((name) => ({ ...app, name })) }
  const lab = await openLab({ fixture, ledger, accountKey: 'demo', dataDir, wires, catalog })
  onTestFinished(() => {
    lab.close()
    shelf.close()
  })
  const useCases = lab.process()
  const originals = await Promise.all(names.map((name) => lab.roleState(name)))
  for (const plan of granted(await useCases.plan(names)).roles) granted(await useCases.apply(plan, 1))
  const { refused } = throttle(lab)
  const begun = lab.clock.now().getTime()
  const { code, stderr, stdout } = await runZt('rollback --all-since 2026-01-01 --yes --json', {
    openWorkspace: async () => ({ ...useCases, close: () => undefined }),
  })
  const ms = lab.clock.now().getTime() - begun
  expect(code, stderr).toBe(0)
  expect(JSON.parse(stdout)).toHaveLength(ROLES)
  for (const at of [1, 50, ROLES]) expect(stderr).toContain(`[${at}/${ROLES}] app-`)
  lab.setFaults(null)
  expect(await Promise.all(names.map((name) => lab.roleState(name)))).toEqual(originals)
  expect(refused()).toBeGreaterThan(0)
  expect(ms).toBeGreaterThanOrEqual((ROLES - 1) * MS_A_CALL)
  expect(ms).toBeLessThan(ROLES * MS_A_CALL * 2)
})
