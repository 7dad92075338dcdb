import type { KnownRole, ServiceGroup } from './known-role.ts'
import type { PreviewScreen, RoleScreen } from './screen.ts'
import type { ChoiceSide, State } from './state.ts'
import { words } from './step/result.ts'
import { actionItems } from './views/action-rows.ts'

/** What `x` turns: patterns on one side of the user's choice for a role. */
export type ChoiceTarget = { readonly roleName: string; readonly side: ChoiceSide; readonly patterns: readonly string[] }

/** A whole service is kept by one pattern; what is unknown in it is removed by name, since the rest of it may be in use. */
function serviceTarget(state: State, known: KnownRole, group: ServiceGroup): ChoiceTarget | string {
  const { roleName } = known.view
  if (group.counts.unused > 0) return { roleName, side: 'keep', patterns: [`${group.service}:*`] }
  const unknown = group.actions.filter((action) => action.state === 'unknown').map(({ action }) => action)
  return unknown.length > 0 ? { roleName, side: 'remove', patterns: unknown } : words(state).blocked.inUse(group.service)
}

function roleTarget(state: State, screen: RoleScreen): ChoiceTarget | string {
  const { blocked } = words(state)
  const loaded = state.known.get(screen.roleName)
  if (loaded?.status !== 'ready') return blocked.planMissing
  if (screen.tab !== 'unused') return blocked.chooseOnActions
  const item = actionItems(loaded.value, screen.open)[screen.main.index]
  if (item === undefined) return blocked.nothingToRemove
  if (item.kind === 'service') return serviceTarget(state, loaded.value, item.group)
  const { action, state: standing } = item.action
  if (standing === 'used' || standing === 'required') return blocked.inUse(action)
  return { roleName: screen.roleName, side: standing === 'unused' ? 'keep' : 'remove', patterns: [action] }
}

function previewTarget(state: State, screen: PreviewScreen): ChoiceTarget | string {
  const { blocked } = words(state)
  if (state.plans.get(screen.roleName)?.status !== 'ready') return blocked.planMissing
  if (screen.focus !== 'detail' || screen.tab !== 'removes') return blocked.chooseInRemoves
  const [kind, ...rest] = (screen.detail.id ?? '').split('|')
  const name = rest.at(-1) ?? ''
  const keep = (pattern: string): ChoiceTarget => ({ roleName: screen.roleName, side: 'keep', patterns: [pattern] })
  if (kind === 'service') return keep(`${name}:*`)
  if (kind === 'action' || kind === 'kept') return keep(name)
  return kind === 'taken' ? { roleName: screen.roleName, side: 'remove', patterns: [name] } : blocked.chooseOne
}

/** The thing under the cursor that `x` keeps or removes, or why there is none. */
export function choiceTarget(state: State): ChoiceTarget | string {
  const { screen } = state
  if (screen.kind === 'role') return roleTarget(state, screen)
  return screen.kind === 'preview' ? previewTarget(state, screen) : words(state).blocked.noRole
}
