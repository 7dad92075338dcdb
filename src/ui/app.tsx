import { useApp, useInput, usePaste, useWindowSize } from 'ink'
import { type ReactNode, useEffect, useSyncExternalStore } from 'react'
import { Screen } from './components/screen.tsx'
import { frameOf } from './frame.ts'
import { keyPresses } from './keys.ts'
import type { Store } from './store.ts'

export type AppProps = {
  readonly store: Store
  readonly colour: boolean
  /** Windows consoles scroll when their last cell is written: one row stays free there. */
  readonly spareRows: number
  /** Another number draws everything anew. */
  readonly painting: number
  readonly onReady: (app: ReturnType<typeof useApp>) => void
}

/** The root: the only place that hears keys, pastes and sizes. All of them become events; what is drawn comes from the state. */
export function App({ store, colour, spareRows, painting, onReady }: AppProps): ReactNode {
  const app = useApp()
  const { columns, rows } = useWindowSize()
  const size = { columns, rows: Math.max(1, rows - spareRows) }
  const state = useSyncExternalStore(store.subscribe, store.state)
  useInput((input, key) => store.dispatch(...keyPresses(input, key).map((press) => ({ kind: 'key', press }) as const)))
  usePaste((text) => store.dispatch({ kind: 'paste', text }))
  useEffect(() => onReady(app), [app, onReady])
  useEffect(() => {
    if (state.size.columns !== size.columns || state.size.rows !== size.rows) store.dispatch({ kind: 'resized', size })
  })
  return <Screen key={painting} frame={frameOf(state, { colour })} />
}
