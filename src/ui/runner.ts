import type { ChangeOptions, Outcome } from '../app/use-cases.ts'
import type { ChangeReport } from '../app/views.ts'
import type { PreferenceRow } from '../ports/preferences.ts'
import { jsonText } from '../words/json-text.ts'
import type { Effect, EffectKind } from './effects.ts'
import type { Event } from './events.ts'
import { runBatch } from './run-batch.ts'
import type { ScreenUseCases } from './screen-use-cases.ts'

/** What the terminal can do for an effect; tests pass a terminal that only remembers. */
export type TerminalPort = {
  readonly copy: (text: string) => void
  /** Draws everything anew, whatever has been written on the screen meanwhile. */
  readonly redraw: () => void
  readonly suspend: () => Promise<void>
  /** Hands the terminal to `$PAGER` or `$EDITOR` and takes it back. Gives why it could not be run. */
  readonly page: (effect: Effect<'page'>) => Promise<string | null>
  readonly exit: (code: number) => void
}

/** What the machine can do for an effect. */
export type MachinePort = {
  /** Writes a whole file among the exports and gives its path. Throws where the disk refuses. */
  readonly save: (name: string, text: string) => string
  /** Sets a preference and gives all of them, or says why not. */
  readonly setPreference: (key: string, value: string) => Promise<Outcome<readonly PreferenceRow[]>>
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
  readonly machine: MachinePort
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
  const { roleName, choice } = effect
  const refused = (outcome: Outcome<never>): void => dispatch({ kind: 'apply-ready', roleName, outcome })
  const planned = effect.plan === null ? await useCases.plan([roleName], { ...choice, signal }) : null
  if (planned !== null && !planned.ok) return refused(planned)
  const plan = effect.plan ?? planned?.value.roles.find((one) => one.roleName === roleName)
  const guards = await useCases.guards(roleName)
  if (!guards.ok) return refused(guards)
  if (plan === undefined)
    return refused({ ok: false, refusal: { code: 2, id: 'no-plan', message: `There is no proposal for ${roleName}.`, hint: null } })
  const isOwnedElsewhere = guards.value.some(({ id }) => id === 'iac-owned')
  const patch = isOwnedElsewhere ? await useCases.patch(plan) : null
  if (patch?.ok === false) return refused(patch)
  dispatch({ kind: 'apply-ready', roleName, outcome: { ok: true, value: { plan, guards: guards.value, patch: patch?.value ?? null } } })
}

async function exportText(request: Effect<'export'>, { useCases, signal }: Work): Promise<Outcome<{ name: string; text: string }>> {
  if (request.what === 'json') return named(request.name, request.value)
  if (request.what === 'plan') {
    const planned = await useCases.plan([request.roleName], { ...request.choice, signal })
    return planned.ok ? named(`plan-${request.roleName}`, planned.value) : planned
  }
  const made = await useCases.report({ signal })
  if (!made.ok) return made
  const { renderReport } = await import('../report/render/render-report.ts')
  return { ok: true, value: { name: `report.${request.format}`, text: renderReport(made.value, request.format, request.lang) } }
}

const named = (name: string, value: unknown): Outcome<{ name: string; text: string }> => ({
  ok: true,
  value: { name: `${name}.json`, text: jsonText(value) },
})

async function exportFile(request: Effect<'export'>, work: Work): Promise<void> {
  const made = await exportText(request, work)
  const outcome: Outcome<string> = made.ok ? { ok: true, value: work.machine.save(made.value.name, made.value.text) } : made
  work.dispatch({ kind: 'exported', outcome })
}

async function change(work: Work, start: (options: ChangeOptions) => Promise<Outcome<ChangeReport>>): Promise<void> {
  const { dispatch, signal } = work
  const outcome = await start({ signal, onProgress: (progress) => dispatch({ kind: 'change-progress', progress }) })
  dispatch({ kind: 'change-ended', outcome })
}

const handlers: { readonly [K in EffectKind]: (effect: Effect<K>, work: Work) => Promise<void> } = {
  'load-last-scan': async (_effect, { useCases, dispatch }) => dispatch({ kind: 'last-scan', view: await useCases.lastScan() }),
  scan: async ({ first }, { useCases, dispatch, signal }) => {
    const outcome = await useCases.scan({ signal, first, onProgress: (progress) => dispatch({ kind: 'scan-progress', ...progress }) })
    dispatch({ kind: 'scan-ended', outcome })
    dispatch({ kind: 'opened', accountLabel: useCases.accountLabel })
  },
  'cancel-scan': async () => {},
  show: async ({ roleName, delay }, { useCases, dispatch, signal, sleep }) => {
    if (delay > 0) await sleep(delay, signal)
    if (signal.aborted) return
    dispatch({ kind: 'role-shown', roleName, outcome: await useCases.show(roleName) })
  },
  'find-gains': async (_effect, { useCases, dispatch }) => dispatch({ kind: 'gained', gains: await useCases.gains() }),
  plan: async ({ roleName, choice }, { useCases, dispatch, signal }) =>
    dispatch({ kind: 'planned', roleName, outcome: await useCases.plan([roleName], { ...choice, signal }) }),
  'load-history': async (_effect, { useCases, dispatch }) => dispatch({ kind: 'history', entries: await useCases.history() }),
  'load-interrupted': async (_effect, { useCases, dispatch }) => dispatch({ kind: 'interrupted', changes: await useCases.interrupted() }),
  'prepare-apply': prepareApply,
  'find-undoable': async ({ roleName }, { useCases, dispatch }) =>
    dispatch({ kind: 'undoable', roleName, outcome: await useCases.undoable(roleName) }),
  apply: ({ plan, stage, overrides, reason }, work) =>
    change(work, (options) => work.useCases.apply(plan, stage, { ...options, overrides, reason })),
  rollback: ({ changeId, drift }, work) => change(work, (options) => work.useCases.rollback(changeId, { ...options, drift })),
  recover: ({ changeId, way, drift }, work) => change(work, (options) => work.useCases.recover(changeId, way, { ...options, drift })),
  'give-back': ({ changeId, action }, work) => change(work, (options) => work.useCases.giveBack(changeId, action, options)),
  quarantine: ({ roleName }, work) => change(work, (options) => work.useCases.quarantine(roleName, options)),
  release: ({ roleName, drift }, work) => change(work, (options) => work.useCases.release(roleName, { ...options, drift })),
  batch: runBatch,
  'find-removed': async ({ changeId }, { useCases, dispatch }) =>
    dispatch({ kind: 'removed', changeId, outcome: await useCases.removedActions(changeId) }),
  watch: async (_effect, { useCases, dispatch, signal }) => dispatch({ kind: 'watched', outcome: await useCases.watch(null, signal) }),
  report: async (_effect, { useCases, dispatch, signal }) => dispatch({ kind: 'reported', outcome: await useCases.report({ signal }) }),
  export: exportFile,
  page: async (effect, { terminal, dispatch }) => dispatch({ kind: 'paged', problem: await terminal.page(effect) }),
  'set-preference': async ({ key, value }, { machine, dispatch }) =>
    dispatch({ kind: 'preference-set', key, outcome: await machine.setPreference(key, value) }),
  copy: async ({ text }, { terminal }) => terminal.copy(text),
  redraw: async (_effect, { terminal }) => terminal.redraw(),
  suspend: async (_effect, { terminal }) => terminal.suspend(),
  exit: async ({ code }, { terminal }) => terminal.exit(code),
}

/** Effects of which a newer one makes the older pointless. */
const replacing: ReadonlySet<EffectKind> = new Set(['scan', 'show', 'find-gains', 'plan', 'load-last-scan', 'watch', 'report'])

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export function createRunner(outside: {
  readonly useCases: ScreenUseCases
  readonly terminal: TerminalPort
  readonly machine: MachinePort
  readonly dispatch: (event: Event) => void
  readonly sleep: Sleep
}): Runner {
  const { useCases, terminal, machine, sleep } = outside
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
      await handlers[kind](effect, { useCases, terminal, machine, signal, dispatch, sleep })
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
