import type { ChangeOptions, Outcome } from '../app/use-cases.ts'
import type { ChangeReport } from '../app/views.ts'
import type { Effect, EffectKind } from './effects.ts'
import type { Event } from './events.ts'
import type { ScreenUseCases } from './screen-use-cases.ts'

/** What the terminal can do for an effect; tests pass a terminal that only remembers. */
export type TerminalPort = {
  readonly copy: (text: string) => void
  readonly suspend: () => Promise<void>
  readonly exit: (code: number) => void
}

export type Runner = {
  readonly run: (effect: Effect) => void
  /** Resolves when no effect is under way, those started meanwhile included. */
  readonly idle: () => Promise<void>
  /** Aborts everything under way; changes end between two operations. */
  readonly stop: () => void
}

type Work = {
  readonly useCases: ScreenUseCases
  readonly terminal: TerminalPort
  readonly signal: AbortSignal
  readonly dispatch: (event: Event) => void
  readonly sleep: Sleep
}

/** Resolves after `ms`, or at once when the signal aborts. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>

export const realSleep: Sleep = async (ms, signal) => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  signal.addEventListener('abort', () => resolve(), { once: true })
  await promise
  clearTimeout(timer)
}

async function prepareApply(effect: Effect<'prepare-apply'>, { useCases, dispatch, signal }: Work): Promise<void> {
  const { roleName } = effect
  const refused = (outcome: Outcome<never>): void => dispatch({ kind: 'apply-ready', roleName, outcome })
  const planned = effect.plan === null ? await useCases.plan([roleName], { signal }) : null
  if (planned !== null && !planned.ok) return refused(planned)
  const plan = effect.plan ?? planned?.value.roles.find((one) => one.roleName === roleName)
  const guards = await useCases.guards(roleName)
  if (!guards.ok) return refused(guards)
  if (plan === undefined)
    return refused({ ok: false, refusal: { code: 2, id: 'no-plan', message: `There is no proposal for ${roleName}.`, hint: null } })
  dispatch({ kind: 'apply-ready', roleName, outcome: { ok: true, value: { plan, guards: guards.value } } })
}

async function change(work: Work, start: (options: ChangeOptions) => Promise<Outcome<ChangeReport>>): Promise<void> {
  const { dispatch, signal } = work
  const outcome = await start({ signal, onProgress: (progress) => dispatch({ kind: 'change-progress', progress }) })
  dispatch({ kind: 'change-ended', outcome })
}

const handlers: { readonly [K in EffectKind]: (effect: Effect<K>, work: Work) => Promise<void> } = {
  'load-last-scan': async (_effect, { useCases, dispatch }) => dispatch({ kind: 'last-scan', view: await useCases.lastScan() }),
  scan: async (_effect, { useCases, dispatch, signal }) => {
    const outcome = await useCases.scan({ signal, onProgress: (progress) => dispatch({ kind: 'scan-progress', ...progress }) })
    dispatch({ kind: 'scan-ended', outcome })
  },
  'cancel-scan': async () => {},
  show: async ({ roleName, delay }, { useCases, dispatch, signal, sleep }) => {
    if (delay > 0) await sleep(delay, signal)
    if (signal.aborted) return
    dispatch({ kind: 'role-shown', roleName, outcome: await useCases.show(roleName) })
  },
  plan: async ({ roleName }, { useCases, dispatch, signal }) =>
    dispatch({ kind: 'planned', roleName, outcome: await useCases.plan([roleName], { signal }) }),
  'load-history': async (_effect, { useCases, dispatch }) => dispatch({ kind: 'history', entries: await useCases.history() }),
  'load-interrupted': async (_effect, { useCases, dispatch }) => dispatch({ kind: 'interrupted', changes: await useCases.interrupted() }),
  'prepare-apply': prepareApply,
  'find-undoable': async ({ roleName }, { useCases, dispatch }) =>
    dispatch({ kind: 'undoable', roleName, outcome: await useCases.undoable(roleName) }),
  apply: ({ plan, stage, overrides, reason }, work) =>
    change(work, (options) => work.useCases.apply(plan, stage, { ...options, overrides, reason })),
  rollback: ({ changeId }, work) => change(work, (options) => work.useCases.rollback(changeId, options)),
  recover: ({ changeId, way }, work) => change(work, (options) => work.useCases.recover(changeId, way, options)),
  copy: async ({ text }, { terminal }) => terminal.copy(text),
  suspend: async (_effect, { terminal }) => terminal.suspend(),
  exit: async ({ code }, { terminal }) => terminal.exit(code),
}

/** Effects of which a newer one makes the older pointless. */
const replacing: ReadonlySet<EffectKind> = new Set(['scan', 'show', 'plan', 'load-last-scan'])

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export function createRunner(outside: {
  readonly useCases: ScreenUseCases
  readonly terminal: TerminalPort
  readonly dispatch: (event: Event) => void
  readonly sleep: Sleep
}): Runner {
  const { useCases, terminal, sleep } = outside
  const underWay = new Map<EffectKind, AbortController>()
  const all = new Set<AbortController>()
  const waiters: (() => void)[] = []

  const finish = (kind: EffectKind, controller: AbortController): void => {
    if (underWay.get(kind) === controller) underWay.delete(kind)
    all.delete(controller)
    if (all.size === 0) for (const wake of waiters.splice(0)) wake()
  }

  async function perform<K extends EffectKind>(effect: Effect<K>, controller: AbortController): Promise<void> {
    const kind: K = effect.kind
    const { signal } = controller
    const isOver = (): boolean => signal.aborted && replacing.has(kind)
    const dispatch = (event: Event): void => {
      if (!isOver()) outside.dispatch(event)
    }
    try {
      await handlers[kind](effect, { useCases, terminal, signal, dispatch, sleep })
    } catch (error) {
      dispatch({ kind: 'effect-threw', effect: kind, message: messageOf(error) })
    } finally {
      finish(kind, controller)
    }
  }

  const cancelScan = (): void => {
    const running = underWay.get('scan')
    if (running === undefined) return
    running.abort()
    outside.dispatch({ kind: 'scan-cancelled' })
  }

  return {
    run: (effect) => {
      if (effect.kind === 'cancel-scan') return cancelScan()
      if (replacing.has(effect.kind)) underWay.get(effect.kind)?.abort()
      const controller = new AbortController()
      underWay.set(effect.kind, controller)
      all.add(controller)
      void perform(effect, controller)
    },
    idle: () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      if (all.size === 0) resolve()
      else waiters.push(resolve)
      return promise
    },
    stop: () => {
      for (const controller of all) controller.abort()
    },
  }
}
