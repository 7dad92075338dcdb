import type { State } from './state.ts'
import { subjectEntry, subjectRow } from './subject.ts'
import { selectedStage } from './views/preview-view.ts'

/** What `y` takes: the thing under the cursor in the form one would paste it: an ARN, a document, a command, an id. */
export function copyText(state: State): string | null {
  const { screen } = state
  const row = subjectRow(state)
  switch (screen.kind) {
    case 'roles':
    case 'board':
      return row?.arn ?? null
    case 'role': {
      const loaded = state.known.get(screen.roleName)
      if (loaded?.status !== 'ready') return row?.arn ?? null
      if (screen.tab === 'policies') return loaded.value.view.policies[screen.main.index]?.text ?? null
      if (screen.tab === 'trust') return JSON.stringify(loaded.value.view.trustPolicy, null, 2)
      return screen.tab === 'unused' ? screen.main.id : (row?.arn ?? null)
    }
    case 'preview': {
      const loaded = state.plans.get(screen.roleName)
      const known = loaded?.status === 'ready' ? selectedStage(loaded.value, screen) : null
      if (known === null) return null
      return screen.tab === 'removes' ? known.stage.removes.join('\n') : known.stage.after.map(({ text }) => text).join('\n')
    }
    case 'change':
      return state.run?.steps[screen.main.index]?.cli ?? restoreScript(state)
    case 'ledger':
      return subjectEntry(state)?.changeId ?? null
    case 'interrupted':
      return null
  }
}

const restoreScript = (state: State): string | null => (state.run?.result?.ok === true ? state.run.result.report.restoreScript : null)
