/**
 * The part of `npm run bench:ui` that works in one process: from a key through state, layout, painting and Ink to the bytes for the
 * terminal. Prints its figures as JSON lines; bench-ui.ts bundles and starts it.
 */
import { PassThrough, Writable } from 'node:stream'
import { render } from 'ink'
import { createElement } from 'react'
import { App } from '../src/ui/app.tsx'
import { createRunner } from '../src/ui/runner.ts'
import { initialState } from '../src/ui/state.ts'
import { begin } from '../src/ui/step.ts'
import { createStore } from '../src/ui/store.ts'
import { createFakeUseCases, type FakeRole } from '../test/support/fake-use-cases.ts'
import { type Limit, quantile } from './bench-limit.ts'

const roles = (count: number): readonly FakeRole[] =>
  Array.from({ length: count }, (_, index) => ({
    roleName: `team-${index % 97}-service-${index}`,
    risk: (index * 37) % 100,
    services: [
      ['s3', 3 + (index % 5)],
      ['ec2', 6],
    ],
    lastUsedDays: index % 120,
  }))

/** A walk as a person takes it: up and down, into roles and back, marks, help. */
const walk = [
  'j',
  'j',
  'j',
  'PgDn',
  'k',
  'G',
  'g',
  'j',
  'Enter',
  'j',
  'Right',
  'Left',
  'Esc',
  'j',
  'Tab',
  'j',
  'Esc',
  'Space',
  'Esc',
  '?',
  'Down',
  'Esc',
]
/** What touches every role: typing a filter, clearing it, sorting. */
const sifting = ['/', 's', 'e', 'r', '-', '1', 'Esc', 's', 's', 's', 's']

/** A terminal of 200×50 that takes everything and shows nothing. */
function blindTerminal(): NodeJS.WriteStream {
  const taking = new Writable({ write: (_chunk, _encoding, done) => done() })
  return Object.assign(taking, { isTTY: true, columns: 200, rows: 50 }) as unknown as NodeJS.WriteStream
}

function silentKeyboard(): NodeJS.ReadStream {
  const silent = new PassThrough()
  return Object.assign(silent, { isTTY: true, setRawMode: () => {}, ref: () => {}, unref: () => {} }) as unknown as NodeJS.ReadStream
}

async function openList(count: number) {
  const useCases = createFakeUseCases({ roles: roles(count) })
  const terminal = { copy: () => {}, redraw: () => {}, suspend: async () => {}, exit: () => {}, page: async () => null }
  const machine = { save: () => '', setPreference: async () => ({ ok: true, value: [] }) as const }
  const runner = createRunner({ useCases, terminal, machine, dispatch: (event) => store.dispatch(event), sleep: async () => {} })
  const { mode, readOnly, accountLabel, window, dataDir } = useCases
  const now = (): number => useCases.now().getTime()
  const plain = { lang: 'en', ascii: false, theme: 'auto', keys: {}, unusedFrom: 70, accountArgs: [] } as const
  const initial = initialState({
    facts: { mode, readOnly, accountLabel, window, dataDir, ...plain },
    size: { columns: 200, rows: 50 },
    now: now(),
    filter: '',
    link: { role: null, screen: null },
  })
  const store = createStore({ initial, now, run: runner.run })
  const ink = render(createElement(App, { store, colour: true, spareRows: 0, painting: 0, onReady: () => {} }), {
    stdout: blindTerminal(),
    stdin: silentKeyboard(),
    alternateScreen: true,
    incrementalRendering: true,
    interactive: true,
    patchConsole: false,
    exitOnCtrlC: false,
    maxFps: 1000,
  })
  store.start(begin)
  await runner.idle()
  const send = (id: string): void => store.dispatch({ kind: 'key', press: { id, text: id.length === 1 ? id : null } })
  const press = async (id: string): Promise<number> => {
    const start = performance.now()
    send(id)
    await ink.waitUntilRenderFlush()
    return performance.now() - start
  }
  return { send, press, idle: runner.idle, close: ink.unmount }
}

type Walk = { readonly count: number; readonly path: readonly string[]; readonly rounds: number }

/**
 * For each key of a path the median of its times, once everything is warm: what other programs take of the machine now and then
 * does not count, a key that is slow each time does.
 */
async function keyTimes({ count, path, rounds }: Walk): Promise<readonly number[]> {
  const list = await openList(count)
  const times = path.map((): number[] => [])
  const warm = 6
  for (let round = 0; round < warm + rounds; round++) {
    for (const [place, key] of path.entries()) {
      const time = await list.press(key)
      if (round >= warm) times[place]?.push(time)
    }
    await list.idle()
  }
  list.close()
  return times.map((all) => quantile(all, 0.5))
}

/** Heap after 10,000 keys against the heap after the first 2,000. */
async function heapGrowth(): Promise<number> {
  const list = await openList(50)
  const heapAfter = async (keys: number): Promise<number> => {
    for (let n = 0; n < keys; n++) {
      list.send(walk[n % walk.length] ?? 'j')
      if (n % walk.length === 0) await list.idle()
    }
    globalThis.gc?.()
    return process.memoryUsage().heapUsed
  }
  const first = await heapAfter(2000)
  const growth = (await heapAfter(10_000)) / first
  list.close()
  return growth
}

const worst = async (walked: Walk): Promise<number> => quantile(await keyTimes(walked), 0.95)

async function compared(path: readonly string[]) {
  // Once for the compiler, then for the record.
  await worst({ count: 50, path, rounds: 10 })
  return { few: await worst({ count: 50, path, rounds: 15 }), many: await worst({ count: 10_000, path, rounds: 15 }) }
}

async function measure(): Promise<readonly Limit[]> {
  const [walked, sifted] = [await compared(walk), await compared(sifting)]
  return [
    { what: 'key to frame, p95, 50 roles, 200×50', value: walked.few, limit: 16, unit: 'ms' },
    { what: 'key to frame, p95, 10,000 roles, 200×50', value: walked.many, limit: 16, unit: 'ms' },
    { what: 'the same ÷ 50 roles', value: walked.many / walked.few, limit: 1.3, unit: '×' },
    { what: 'filter or sort to frame, p95, 10,000 roles', value: sifted.many, limit: 16, unit: 'ms' },
    { what: 'the same ÷ 50 roles', value: sifted.many / sifted.few, limit: 1.3, unit: '×' },
    { what: 'heap after 10,000 more keys', value: await heapGrowth(), limit: 1.15, unit: '×' },
  ]
}

for (const limit of await measure()) process.stdout.write(`${JSON.stringify(limit)}\n`)
process.exit()
