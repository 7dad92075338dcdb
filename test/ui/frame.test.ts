import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Frame, frameOf } from '../../src/ui/frame.ts'
import { widthOf } from '../../src/words/width.ts'
import type { FakeRole } from '../support/fake-use-cases.ts'
import { drive, withoutColours } from './drive.tsx'

const confirm = ['Tab', 'Enter'] as const

/** Screens by name: the keys that lead there from the start. */
const screens = {
  roles: [],
  role: ['Enter', 'j', 'Enter'],
  policies: ['Enter', 'Right'],
  preview: ['p'],
  documents: ['p', 'Right', 'Tab'],
  confirm: ['a'],
  applied: ['a', ...confirm],
  restored: ['a', ...confirm, 'u'],
  board: ['a', ...confirm, '3'],
  ledger: ['a', ...confirm, 'u', '4'],
  help: ['?'],
} as const

const sizes = [
  [200, 50],
  [100, 30],
  [60, 20],
] as const

describe('golden screens', () => {
  for (const [name, keys] of Object.entries(screens)) {
    test.each(sizes)(`${name} at %d × %d`, async (columns, rows) => {
      const app = await drive({ size: { columns, rows } })
      await app.press(...keys)
      await expect(`${app.screen()}\n`).toMatchFileSnapshot(`golden/${name}-${columns}x${rows}.txt`)
    })
  }

  test('in Japanese', async () => {
    const app = await drive({ size: { columns: 100, rows: 30 }, lang: 'ja' })
    await expect(`${app.screen()}\n`).toMatchFileSnapshot('golden/roles-ja-100x30.txt')
  })

  test('in ASCII nothing else is drawn', async () => {
    for (const keys of Object.values(screens)) {
      const app = await drive({ size: { columns: 100, rows: 30 }, ascii: true })
      await app.press(...keys)
      expect(app.screen()).toMatch(/^[\n -~]*$/)
    }
  })

  test('an interrupted change is the first thing shown', async () => {
    const app = await drive({ size: { columns: 120, rows: 24 }, interrupted: [interruptedChange] })
    await expect(`${app.screen()}\n`).toMatchFileSnapshot('golden/interrupted-120x24.txt')
  })

  test('below 20 × 6 one line is left, and it can quit', async () => {
    const app = await drive({ size: { columns: 19, rows: 5 } })
    expect(app.screen().trim()).toBe('Too small. q quits')
    await app.press('j', 'a', 'q')
    expect(app.exits).toEqual([0])
  })
})

const interruptedChange = {
  changeId: 'chg-0',
  roleName: 'web-app-role',
  stage: 1,
  at: '2026-03-31T10:20:00Z',
  done: 2,
  total: 3,
  resume: ['Detach AdministratorAccess'],
  rollback: ['Put back the inline policy "everything"', 'Delete the inline policy "zt-tui-kept"'],
}

function expectInside(frame: Frame): void {
  const { columns, rows, head, panes, sideBySide, foot, overlay } = frame
  const lines = [...head, ...panes.flat(), ...foot, ...(overlay?.lines ?? [])]
  for (const { painted, width } of lines) expect(widthOf(withoutColours(painted))).toBe(width)
  for (const { width } of [...head, ...foot]) expect(width).toBeLessThanOrEqual(columns)
  const widths = panes.map((pane) => Math.max(0, ...pane.map(({ width }) => width)))
  expect(sideBySide ? widths.reduce((sum, width) => sum + width, 0) : Math.max(0, ...widths)).toBeLessThanOrEqual(columns)
  const heights = panes.map(({ length }) => length)
  const body = sideBySide ? Math.max(...heights) : heights.reduce((sum, height) => sum + height, 0)
  expect(head.length + body + foot.length).toBeLessThanOrEqual(rows)
  for (const pane of panes) expect(new Set(pane.map(({ width }) => width)).size).toBeLessThanOrEqual(1)
  if (overlay === null) return
  expect(overlay.y + overlay.lines.length).toBeLessThanOrEqual(rows)
  for (const { width } of overlay.lines) expect(overlay.x + width).toBeLessThanOrEqual(columns)
}

const hostileRoles: readonly FakeRole[] = [
  { roleName: '\x1b[2J\x9b31mowned\u202e', risk: 97, services: [['s3\x07', 3]], lastUsedDays: 1 },
  {
    roleName: '請求書の書き出しをする役割'.repeat(4),
    risk: 60,
    services: [
      ['dynamodb', 6],
      ['s3', 8],
    ],
    lastUsedDays: null,
  },
  { roleName: '👩‍👩‍👧-family', risk: 30, services: [['iam', 8]], lastUsedDays: 3 },
]

const keys = fc.constantFrom(
  ...[
    'j',
    'k',
    'g',
    'G',
    'Enter',
    'Esc',
    'Tab',
    'Left',
    'Right',
    'p',
    'a',
    'u',
    'U',
    's',
    '/',
    '?',
    '1',
    '2',
    '3',
    '4',
    'PgDn',
    'PgUp',
    'r',
    'w',
    'Backspace',
    'y',
  ],
)
const size = fc.record({ columns: fc.integer({ min: 1, max: 180 }), rows: fc.integer({ min: 1, max: 60 }) })

describe('every screen at every size', () => {
  test.each([
    ['ordinary names', undefined],
    ['hostile and wide names', hostileRoles],
  ])('fits the terminal whatever is pressed: %s', { timeout: 30_000 }, async (_what, roles) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ arbitrary: keys, weight: 6 }, { arbitrary: size, weight: 1 }), { maxLength: 30 }),
        async (events) => {
          const app = await drive(roles === undefined ? {} : { roles })
          for (const event of events) {
            if (typeof event === 'string') app.send({ kind: 'key', press: { id: event, text: event.length === 1 ? event : null } })
            else app.resize(event)
            await new Promise((resolve) => setImmediate(resolve))
            expectInside(frameOf(app.state(), { colour: true }))
          }
        },
      ),
      { numRuns: 30 },
    )
  })

  test('nothing of a hostile name reaches the terminal as an order', async () => {
    const app = await drive({ roles: hostileRoles })
    for (const key of ['Enter', 'Right', 'Right', 'Esc', 'p', 'Right', 'a', 'Esc', '4', '3', '1']) {
      await app.press(key)
      const frame = frameOf(app.state(), { colour: true })
      const painted = [...frame.head, ...frame.panes.flat(), ...frame.foot, ...(frame.overlay?.lines ?? [])]
        .map((line) => line.painted)
        .join('')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is what is tested.
      expect(withoutColours(painted)).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202a-\u202e]/)
    }
    expect(app.screen()).toContain('\\x1b[2J\\x9b31mowned\\u202e')
  })
})
