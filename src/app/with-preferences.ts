/**
 * What an admin has said about the account, laid over the use cases: roles of theirs are guarded and flagged, and changes wait
 * for their window. Rolling back, giving back and recovering are never kept waiting.
 */
import type { ChangeWindow, Preferences } from '../ports/preferences.ts'
import { refuse } from './outcome.ts'
import type { UseCases } from './use-cases.ts'
import type { GuardVerdict, RoleRow, ScanView } from './views.ts'

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** `admin-*` matches whole names, in any case. */
function namedBy(patterns: readonly string[]): (roleName: string) => boolean {
  const tests = patterns.map((pattern) => new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`, 'i'))
  return (roleName) => tests.some((test) => test.test(roleName))
}

const weekDays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** A window that ends before it begins runs past midnight; it belongs to the day on which it began. */
export function isInWindow({ days, from, to }: ChangeWindow, now: Date): boolean {
  const [start, end] = [minutesOf(from), minutesOf(to)]
  const minute = now.getHours() * 60 + now.getMinutes()
  const today = weekDays[now.getDay()] ?? ''
  const yesterday = weekDays[(now.getDay() + 6) % 7] ?? ''
  if (start < end) return days.includes(today) && minute >= start && minute < end
  return (days.includes(today) && minute >= start) || (days.includes(yesterday) && minute < end)
}

const own: ReadonlySet<string> = new Set(['preferred', 'change-window'])

export function withPreferences(useCases: UseCases, preferences: Preferences): UseCases {
  const isProtected = namedBy(preferences.protectedRoles)
  const isJewel = namedBy(preferences.crownJewels)
  const windows = preferences.changeWindows

  const verdicts = (roleName: string): readonly GuardVerdict[] => [
    ...(isProtected(roleName) ? [{ id: 'preferred', reason: 'your preferences protect it', overridable: true }] : []),
    ...(windows.length > 0 && !windows.some((window) => isInWindow(window, useCases.now()))
      ? [{ id: 'change-window', reason: 'your preferences have no change window now', overridable: true }]
      : []),
  ]
  const rowOf = <T extends RoleRow>(row: T): T => {
    const jewel = isJewel(row.roleName) && !row.flags.includes('crown-jewel') ? ['crown-jewel'] : []
    return jewel.length === 0 && !isProtected(row.roleName)
      ? row
      : { ...row, protected: row.protected || isProtected(row.roleName), flags: [...row.flags, ...jewel] }
  }
  const viewOf = (view: ScanView): ScanView => ({ ...view, roles: view.roles.map(rowOf) })

  return {
    ...useCases,
    lastScan: async () => {
      const view = await useCases.lastScan()
      return view === null ? null : viewOf(view)
    },
    scan: async (options) => {
      const scanned = await useCases.scan(options)
      return scanned.ok ? { ok: true, value: viewOf(scanned.value) } : scanned
    },
    show: async (roleName) => {
      const shown = await useCases.show(roleName)
      if (!shown.ok) return shown
      return { ok: true, value: { ...rowOf(shown.value), guards: [...shown.value.guards, ...verdicts(roleName)] } }
    },
    guards: async (roleName) => {
      const guards = await useCases.guards(roleName)
      return guards.ok ? { ok: true, value: [...guards.value, ...verdicts(roleName)] } : guards
    },
    apply: async (plan, stage, options = {}) => {
      const { overrides = [] } = options
      const [stopping] = verdicts(plan.roleName).filter(({ id }) => !overrides.includes(id))
      if (stopping !== undefined) {
        const hint = `to change it nevertheless: --override ${stopping.id} --reason TEXT`
        return refuse(4, `guard:${stopping.id}`, `${plan.roleName} is guarded: ${stopping.reason}`, hint)
      }
      return useCases.apply(plan, stage, { ...options, overrides: overrides.filter((id) => !own.has(id)) })
    },
  }
}
