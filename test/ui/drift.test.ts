import { expect, test } from 'vitest'
import type { Refusal } from '../../src/app/use-cases.ts'
import { type Drive, drive } from './drive.tsx'

const statement = (action: string): string => JSON.stringify({ Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] })

const edited: Refusal = {
  code: 4,
  id: 'drift',
  message: 'everything of legacy-admin-role was changed by somebody else since: it is not overwritten',
  hint: null,
  drift: [
    {
      kind: 'inline',
      name: 'everything',
      verdict: 'conflict',
      snapshot: statement('s3:*'),
      ours: statement('s3:GetObject'),
      live: statement('s3:PutObject'),
    },
    { kind: 'attached', name: 'arn:aws:iam::aws:policy/ReadOnlyAccess', verdict: 'theirs', snapshot: null, ours: null, live: '{}' },
  ],
}

/** A stage in effect, and a rollback that meets edits of somebody else. */
async function metOnRollback(options: Parameters<typeof drive>[0] = {}): Promise<Drive> {
  const app = await drive(options)
  await app.press('a', 'Tab', 'Enter')
  app.useCases.failNext('rollback', edited)
  await app.press('u')
  return app
}

const rollbacks = (app: Drive): readonly string[] => app.useCases.calls.filter((call) => call.startsWith('rollback'))

test('a rollback that meets edits of others shows three looks at each policy, and writes nothing', async () => {
  const app = await metOnRollback()
  expect(app.screen()).toContain('Somebody else was here')
  expect(app.screen()).toContain('everything  ours and theirs')
  expect(app.screen()).toContain('ReadOnlyAccess  theirs')
  await app.press('j', 'j')
  expect(app.screen()).toMatch(/What was done since.*-\s+"Action": "s3:GetObject".*\+\s+"Action": "s3:PutObject"/s)
  expect(app.screen()).toMatch(/What our change did.*-\s+"Action": "s3:\*".*\+\s+"Action": "s3:GetObject"/s)
  expect(rollbacks(app)).toEqual(['rollback chg-1'])
})

test.each([
  ['theirs', [], 'Takes our change back where nobody else edited.'],
  ['snapshot', ['j'], 'becomes what the snapshot has'],
] as const)('the answer %s is asked for once more, with Cancel focused, and then carried out', async (choice, moves, effect) => {
  const app = await metOnRollback()
  await app.press(...moves, 'Enter')
  expect(app.screen()).toContain('▸ [ Cancel ]')
  expect(app.screen()).toContain(effect)
  await app.press('Enter')
  expect(rollbacks(app)).toEqual(['rollback chg-1'])
  await app.press('Enter', 'Tab', 'Enter')
  expect(rollbacks(app)).toEqual(['rollback chg-1', `rollback chg-1 drift ${choice}`])
  expect(app.screen()).toContain('✓ Restored')
})

test('a conflict that was put off is found again from the change', async () => {
  const app = await metOnRollback()
  await app.press('Esc')
  expect(app.state().screen.kind).toBe('change')
  await app.press('Enter')
  expect(app.state().screen.kind).toBe('drift')
  await app.press('Esc', 'Esc')
  expect(app.state().screen.kind).toBe('roles')
})

test('a release asks in the same way', async () => {
  const app = await drive()
  await app.press('Q', ...'legacy-admin-role', 'Enter', 'Esc')
  app.useCases.failNext('release', edited)
  await app.press('R', ...'legacy-admin-role', 'Enter')
  await app.press('Enter', 'Tab', 'Enter')
  expect(app.useCases.calls.filter((call) => call.startsWith('release'))).toEqual([
    'release legacy-admin-role',
    'release legacy-admin-role drift theirs',
  ])
})

test('so does the end of an interrupted change', async () => {
  const interrupted = {
    changeId: 'chg-0',
    roleName: 'web-app-role',
    stage: 1,
    at: '2026-03-31T10:20:00Z',
    done: 2,
    total: 3,
    resume: ['Detach AdministratorAccess'],
    rollback: ['Put back the inline policy "everything"'],
  }
  const app = await drive({ interrupted: [interrupted] })
  app.useCases.failNext('recover', edited)
  await app.press('Enter', 'Tab', 'Enter')
  expect(app.state().screen.kind).toBe('drift')
  await app.press('j', 'Enter', 'Tab', 'Enter')
  expect(app.useCases.calls).toContain('recover chg-0 rollback drift snapshot')
  expect(app.state().interrupted).toEqual([])
})

test.each([
  ['narrow', { columns: 60, rows: 20 }],
  ['tiny', { columns: 20, rows: 6 }],
] as const)('on a %s screen an answer can be given too', async (_name, size) => {
  const app = await metOnRollback({ size })
  await app.press('Enter', 'Tab', 'Enter')
  expect(rollbacks(app)).toEqual(['rollback chg-1', 'rollback chg-1 drift theirs'])
})
