import { expect, test } from 'vitest'
import { drive, open } from './drive.tsx'

test('a throttled read is a state with a clock, beside how far it is', async () => {
  const app = open({ pause: () => new Promise(() => {}) })
  await app.shown('scanning')
  app.send({ kind: 'scan-progress', what: 'last-accessed', done: 12, total: 30 })
  app.send({ kind: 'scan-progress', what: 'last-accessed', done: 12, total: 30, throttledMs: 4000 })
  expect(app.screen()).toMatch(/last-accessed +12 of 30 .*throttled by AWS, goes on in 4 s/)
  app.send({ kind: 'scan-progress', what: 'last-accessed', done: 13, total: 30 })
  expect(app.screen()).toContain('goes on in 4 s')
  app.send({ kind: 'tick', now: app.state().now + 2500 })
  expect(app.screen()).toContain('goes on in 2 s')
  app.send({ kind: 'tick', now: app.state().now + 2500 })
  expect(app.screen()).not.toContain('throttled')
  expect(app.state().scan.refusal).toBeNull()
})

test('a throttled operation is a state of the running change, and its call stands in the log once', async () => {
  let isHeld = false
  const app = await drive({ pause: () => (isHeld ? new Promise(() => {}) : Promise.resolve()) })
  await app.press('a', 'Tab')
  isHeld = true
  app.send({ kind: 'key', press: { id: 'Enter', text: null } })
  const progress = {
    changeId: 'chg-1',
    roleName: 'legacy-admin-role',
    phase: 'operation',
    k: 1,
    n: 3,
    outcome: 'started',
    text: 'PutRolePolicy zt-tui-kept',
    cli: 'aws iam put-role-policy',
  } as const
  app.send({ kind: 'change-progress', progress })
  app.send({ kind: 'change-progress', progress: { ...progress, throttledMs: 1600 } })
  expect(app.screen()).toContain('throttled by AWS, goes on in 2 s')
  expect(app.screen()).toContain('Applying')
  expect(app.state().log.filter(({ tone }) => tone === 'call')).toHaveLength(1)
  app.send({ kind: 'change-progress', progress: { ...progress, outcome: 'done' } })
  expect(app.screen()).not.toContain('throttled')
})
