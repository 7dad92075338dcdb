import { renderToString } from 'ink'
import type { PreferenceRow } from '../../src/ports/preferences.ts'
import { Screen } from '../../src/ui/components/screen.tsx'
import type { Event } from '../../src/ui/events.ts'
import { frameOf } from '../../src/ui/frame.ts'
import type { KeyBindings } from '../../src/ui/key-bindings.ts'
import { createRunner, type MachinePort } from '../../src/ui/runner.ts'
import { type DeepLink, initialState, type Size, type State } from '../../src/ui/state.ts'
import { begin } from '../../src/ui/step.ts'
import { createStore } from '../../src/ui/store.ts'
import type { Lang } from '../../src/words/index.ts'
import { createFakeUseCases, type FakeOptions, type FakeUseCases } from '../support/fake-use-cases.ts'

/** The whole interface without a terminal: keys in, state and screens out. */
export type Drive = {
  readonly useCases: FakeUseCases
  readonly state: () => State
  /** Presses keys one after another, each in the quiet that the one before left: `press('j', 'Enter')`. */
  readonly press: (...keys: readonly string[]) => Promise<void>
  /** Types text as single characters. */
  readonly type: (text: string) => Promise<void>
  /** Takes an event without waiting for what it sets off. */
  readonly send: (event: Event) => void
  readonly idle: () => Promise<void>
  /** Resolves when this stands on the screen. */
  readonly shown: (sign: string) => Promise<void>
  readonly resize: (size: Size) => void
  /** The screen as a person without colours sees it. */
  readonly screen: () => string
  readonly copied: readonly string[]
  readonly saved: readonly { readonly name: string; readonly text: string }[]
  readonly paged: readonly { readonly name: string; readonly text: string }[]
  readonly exits: readonly number[]
}

export type DriveOptions = FakeOptions & {
  readonly size?: Size
  readonly lang?: Lang
  readonly ascii?: boolean
  readonly filter?: string
  readonly link?: DeepLink
  readonly keys?: KeyBindings
  readonly preferences?: readonly PreferenceRow[]
  readonly setPreference?: MachinePort['setPreference']
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: SGR sequences start with the escape character.
const sgr = /\x1b\[[0-9;]*m/g

export const withoutColours = (text: string): string => text.replace(sgr, '')

/** The cursor rests at once: a turn of the event loop stands for the time that an eye needs. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** The interface when everything that a start sets off is done. */
export async function drive(options: DriveOptions = {}): Promise<Drive> {
  const opened = open(options)
  await opened.idle()
  return opened
}

/** The interface at its very start. */
export function open(options: DriveOptions = {}): Drive {
  const useCases = createFakeUseCases(options)
  const copied: string[] = []
  const exits: number[] = []
  const saved: { name: string; text: string }[] = []
  const paged: { name: string; text: string }[] = []
  const machine = {
    save: (name: string, text: string) => {
      saved.push({ name, text })
      return `/data/exports/${name}`
    },
    setPreference: options.setPreference ?? (async () => ({ ok: true as const, value: options.preferences ?? [] })),
  }
  const terminal = {
    page: async (page: { readonly name: string; readonly text: string }) => {
      paged.push(page)
      return null
    },
    copy: (text: string) => void copied.push(text),
    redraw: () => {},
    suspend: async () => {},
    exit: (code: number) => void exits.push(code),
  }
  const runner = createRunner({ useCases, terminal, machine, dispatch: (event) => store.dispatch(event), sleep: nextTurn })
  const { mode, readOnly, accountLabel, window, dataDir } = useCases
  const now = (): number => useCases.now().getTime()
  const initial = initialState({
    facts: {
      mode,
      readOnly,
      accountLabel,
      window,
      dataDir,
      lang: options.lang ?? 'en',
      ascii: options.ascii ?? false,
      theme: 'auto',
      keys: options.keys ?? {},
      unusedFrom: 70,
      accountArgs: ['--demo'],
    },
    preferences: options.preferences ?? [],
    size: options.size ?? { columns: 120, rows: 40 },
    now: now(),
    filter: options.filter ?? '',
    link: options.link ?? { role: null, screen: null },
  })
  const store = createStore({ initial, now, run: runner.run })
  store.start(begin)

  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const id of keys) {
      store.dispatch({ kind: 'key', press: { id, text: [...id].length === 1 ? id : id === 'Space' ? ' ' : null } })
      await runner.idle()
    }
  }
  const screen = (): string => {
    const state = store.state()
    return withoutColours(renderToString(<Screen frame={frameOf(state, { colour: false })} />, { columns: state.size.columns }))
  }
  return {
    useCases,
    state: store.state,
    shown: async (sign) => {
      while (!screen().includes(sign)) await nextTurn()
    },
    press,
    type: (text) => press(...text),
    send: (event) => store.dispatch(event),
    idle: runner.idle,
    resize: (size) => store.dispatch({ kind: 'resized', size }),
    screen,
    copied,
    saved,
    paged,
    exits,
  }
}
