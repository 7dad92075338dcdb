import { cleanup, render } from 'ink-testing-library'
import { afterEach, describe, expect, test } from 'vitest'
import { App } from '../../src/ui/app.tsx'
import { createRunner } from '../../src/ui/runner.ts'
import { initialState } from '../../src/ui/state.ts'
import { begin } from '../../src/ui/step.ts'
import { createStore } from '../../src/ui/store.ts'
import { createFakeUseCases } from '../support/fake-use-cases.ts'
import { withoutColours } from './drive.tsx'

afterEach(cleanup)

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

async function mount() {
  const useCases = createFakeUseCases()
  const exits: number[] = []
  const terminal = {
    page: async () => null,
    copy: () => {},
    redraw: () => {},
    suspend: async () => {},
    exit: (code: number) => void exits.push(code),
  }
  const machine = { save: () => '', setPreference: async () => ({ ok: true, value: [] }) as const }
  const runner = createRunner({ useCases, terminal, machine, dispatch: (event) => store.dispatch(event), sleep: turn })
  const { mode, readOnly, accountLabel, window, dataDir } = useCases
  const initial = initialState({
    facts: {
      mode,
      readOnly,
      accountLabel,
      window,
      dataDir,
      lang: 'en',
      ascii: false,
      theme: 'auto',
      keys: {},
      unusedFrom: 70,
      accountArgs: [],
    },
    size: { columns: 80, rows: 20 },
    now: useCases.now().getTime(),
    filter: '',
    link: { role: null, screen: null },
  })
  const store = createStore({ initial, now: () => useCases.now().getTime(), run: runner.run })
  const ink = render(<App store={store} colour={false} spareRows={0} painting={0} onReady={() => {}} />)
  store.start(begin)
  const settle = async (): Promise<void> => {
    await runner.idle()
    await turn()
    await turn()
  }
  await settle()
  const type = async (chunk: string): Promise<void> => {
    ink.stdin.write(chunk)
    await settle()
  }
  return { type, frame: () => withoutColours(ink.lastFrame() ?? ''), state: store.state, exits }
}

describe('the app in Ink', () => {
  test('takes its size from the terminal, not from where it started', async () => {
    const app = await mount()
    expect(app.state().size.columns).toBe(100)
    expect(
      Math.max(
        ...app
          .frame()
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(100)
  })

  test('a burst of keys in one chunk is played key by key', async () => {
    const app = await mount()
    await app.type('jj\r')
    expect(app.state().screen).toMatchObject({ kind: 'role', roleName: 'ec2-backup-service' })
    expect(app.frame()).toContain('Actions │ Policies')
  })

  test('a paste runs nothing', async () => {
    const app = await mount()
    await app.type('\x1b[200~a\rq\x1b[201~')
    expect(app.exits).toEqual([])
    expect(app.frame()).toContain('Pasted text was ignored')
  })

  test('arrows, Ctrl-C and lone letters arrive', async () => {
    const app = await mount()
    await app.type('\x1b[B')
    expect(app.state().screen.main.index).toBe(1)
    await app.type('\x03')
    expect(app.exits).toEqual([130])
  })
})
