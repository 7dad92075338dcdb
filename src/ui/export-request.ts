import type { ReportFormat } from '../report/render/render-report.ts'
import { choiceOf } from './choices.ts'
import type { ExportRequest } from './effects.ts'
import { noChoice, type State } from './state.ts'
import { boardRoles } from './views/board-view.ts'
import { ledgerEntries } from './views/ledger-view.ts'

const json = (name: string, value: unknown): ExportRequest => ({ what: 'json', name, value })

export const reportRequest = (state: State, format: ReportFormat): ExportRequest => ({ what: 'report', format, lang: state.facts.lang })

/** What `e` writes: what the screen shows, complete, in the shape that the commands print with `--json`. */
export function exportRequest(state: State): ExportRequest | null {
  const { screen } = state
  switch (screen.kind) {
    case 'roles':
      return state.roles.rows.length === 0 ? null : json('roles', state.roles.rows)
    case 'board':
      return boardRoles(state).length === 0 ? null : json('stages', boardRoles(state))
    case 'role': {
      const loaded = state.known.get(screen.roleName)
      return loaded?.status === 'ready' ? json(`role-${screen.roleName}`, loaded.value.view) : null
    }
    case 'preview':
      return { what: 'plan', roleName: screen.roleName, choice: choiceOf(state, screen.roleName) ?? noChoice }
    case 'ledger':
      return json('history', ledgerEntries(state, screen))
    case 'change':
      return state.run?.result?.ok === true ? json(`change-${state.run.result.report.changeId}`, state.run.result.report) : null
    case 'batch':
      return json('batch', state.batch)
    case 'log':
      return state.log.length === 0 ? null : json('log', state.log)
    case 'inventory':
      return state.report?.status === 'ready' ? reportRequest(state, 'html') : null
    case 'drift':
      return state.conflict === null
        ? null
        : json(
            `conflict-${state.conflict.roleName}`,
            state.conflict.policies.map(({ drift }) => drift),
          )
    case 'interrupted':
    case 'settings':
      return null
  }
}
