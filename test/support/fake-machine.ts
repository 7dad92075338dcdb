import type { TuiMachine, TuiOptions } from '../../src/ui/tui-options.ts'

/** A machine that writes nothing and runs nothing. */
export const idleMachine: TuiMachine = {
  save: (name) => `/exports/${name}`,
  setPreference: async () => ({ ok: true, value: [] }),
  runProgram: async () => null,
  preferences: [],
  preferenceProblem: null,
}

/** What a command line without options asks for. */
export const plainOptions = {
  role: null,
  filter: null,
  screen: null,
  ascii: false,
  noColor: false,
  linear: false,
  lang: 'en',
  accountArgs: [],
  machine: idleMachine,
  env: {},
} satisfies Omit<TuiOptions, 'streams'>
