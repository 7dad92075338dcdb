import { describe, expect, test } from 'vitest'
import { commandRecords } from '../../src/ui/command-records.ts'
import { commandIds } from '../../src/ui/commands/record.ts'
import { en } from '../../src/words/en.ts'
import { drive } from './drive.tsx'

describe('command records', () => {
  test('every command is a record and has its words', () => {
    expect(commandRecords.map(({ id }) => id).toSorted()).toEqual([...commandIds].toSorted())
    expect(Object.keys(en.commands).toSorted()).toEqual([...commandIds].toSorted())
  })

  test('no key means two things on one screen', () => {
    for (const kind of [
      'roles',
      'role',
      'preview',
      'board',
      'change',
      'ledger',
      'interrupted',
      'batch',
      'log',
      'inventory',
      'settings',
    ] as const) {
      const keys = commandRecords.filter(({ on }) => on === 'all' || on.includes(kind)).flatMap((record) => record.keys)
      expect(keys.length, kind).toBe(new Set(keys).size)
    }
  })

  test('the footer shows what works on this screen', async () => {
    const app = await drive()
    expect(app.screen()).toContain('p preview  a apply  u roll back  Enter open  / filter  s sort')
    await app.press('p')
    expect(app.screen()).toContain('a apply  u roll back  Enter open  → tab')
  })
})

describe('help', () => {
  test('lists the commands of this screen; typing filters by label, sentence and key', async () => {
    const app = await drive()
    await app.press('?')
    expect(app.screen()).toContain('shows the roles that names and fields match')
    await app.type('back')
    expect(app.screen()).toContain('takes back the newest change of this role')
    expect(app.screen()).not.toContain('shows the roles that names and fields match')
  })

  test('a row can be run', async () => {
    const app = await drive()
    await app.press('?')
    await app.type('preview')
    await app.press('Enter')
    expect(app.state().overlay).toBeNull()
    expect(app.state().screen.kind).toBe('preview')
  })

  test('a blocked command says why, in its row and when it is run', async () => {
    const app = await drive({ readOnly: true })
    await app.press('?')
    await app.type('apply')
    expect(app.screen()).toContain('Read-only: nothing can be changed here.')
    await app.press('Enter')
    expect(app.state().toast?.text).toContain('Read-only')
  })

  test('Esc and ? close it; q is only a letter there', async () => {
    const app = await drive()
    await app.press('?', '?')
    expect(app.state().overlay).toBeNull()
    await app.press('?', 'q', 'Esc')
    expect([app.state().overlay, app.exits]).toEqual([null, []])
  })
})
