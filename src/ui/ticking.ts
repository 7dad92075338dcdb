import { isRunning, type State } from './state.ts'

/** How often time must pass on the screen, in milliseconds: spinners turn; messages go and ages grow. */
export const tickEvery = (state: State): number => (isRunning(state) || state.scan.running !== null || state.waiting !== null ? 100 : 1000)

/** A timer that follows `tickEvery`. It never keeps the process alive by itself. */
export function startTicking(options: { readonly state: () => State; readonly tick: () => void }): () => void {
  let timer: NodeJS.Timeout | null = null
  const arm = (): void => {
    timer = setTimeout(() => {
      options.tick()
      arm()
    }, tickEvery(options.state()))
    timer.unref()
  }
  arm()
  return () => {
    if (timer !== null) clearTimeout(timer)
  }
}
