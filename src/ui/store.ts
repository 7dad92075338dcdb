import type { Effect } from './effects.ts'
import type { Event } from './events.ts'
import type { State } from './state.ts'
import type { Step } from './step/result.ts'
import { step } from './step.ts'
import { newlyWanted } from './wanted.ts'

export type Store = {
  readonly state: () => State
  /** Takes all events, then tells the listeners once: a burst of keys is one frame. */
  readonly dispatch: (...events: readonly Event[]) => void
  /** Takes a step that was worked out outside. */
  readonly take: (step: Step) => void
  readonly start: (first: (state: State) => Step) => void
  readonly subscribe: (listener: () => void) => () => void
}

export function createStore(options: {
  readonly initial: State
  readonly now: () => number
  readonly run: (effect: Effect) => void
}): Store {
  let state = options.initial
  const listeners = new Set<() => void>()

  const take = ({ state: next, effects }: Step): void => {
    const isNew = next !== state
    state = next
    if (isNew) for (const listener of listeners) listener()
    for (const effect of effects) options.run(effect)
  }

  return {
    state: () => state,
    dispatch: (...events) => {
      const timed: readonly Event[] = [{ kind: 'tick', now: options.now() }, ...events]
      const effects: Effect[] = []
      let reached = state
      for (const event of timed) {
        const done = step(reached, event)
        reached = done.state
        effects.push(...done.effects)
      }
      take({ state: reached, effects })
    },
    take: (done) => {
      const before = state
      take(done)
      // A step of its own settles like any other, and asks for what the new screen wants.
      const settled = step(state, { kind: 'tick', now: options.now() })
      take({ state: settled.state, effects: [...newlyWanted(before, settled.state)] })
    },
    start: (first) => take(first(state)),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
