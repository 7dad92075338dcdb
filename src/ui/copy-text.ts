import { cliLine } from '../change/cli-line.ts'
import { jsonText } from '../words/json-text.ts'
import { inventoryRows } from './inventory-rows.ts'
import type { State } from './state.ts'
import { subjectEntry, subjectRow } from './subject.ts'
import { driftRows } from './views/drift-view.ts'
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
    case 'batch':
      return row?.arn ?? null
    case 'log': {
      const entry = state.log.toReversed()[screen.main.index]
      return entry?.cli ?? entry?.text ?? null
    }
    case 'inventory':
      return inventoryRows(state, screen.tab)[screen.main.index]?.arn ?? null
    case 'settings': {
      const row = state.preferences[screen.main.index]
      return row === undefined ? null : `zt-tui config ${row.key} ${shellWord(row.value)}`
    }
    case 'drift': {
      const row = driftRows(state)[screen.main.index]
      return row?.kind === 'policy' ? row.policy.drift.live : null
    }
    case 'interrupted':
      return null
  }
}

const restoreScript = (state: State): string | null => (state.run?.result?.ok === true ? state.run.result.report.restoreScript : null)

const shellWord = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)

const screenNames = {
  role: 'role',
  preview: 'preview',
  board: 'tighten',
  change: 'tighten',
  ledger: 'govern',
  inventory: 'inventory',
} as const

/** The command line that opens what is on the screen now. */
export function copyView(state: State): string {
  const { screen, roles, facts } = state
  const name = screen.kind in screenNames ? screenNames[screen.kind as keyof typeof screenNames] : null
  const roleName = 'roleName' in screen ? screen.roleName : screen.kind === 'roles' ? (subjectRow(state)?.roleName ?? null) : null
  const parts = [
    ...facts.accountArgs,
    ...(roleName === null ? [] : ['--role', roleName]),
    ...(name === null ? [] : ['--screen', name]),
    ...(roles.filter === '' ? [] : ['--filter', roles.filter]),
  ]
  return ['zt-tui', ...parts.map(shellWord)].join(' ')
}

/** The thing under the cursor as the JSON that the commands print. */
export function copyJson(state: State): string | null {
  const entry = subjectEntry(state)
  if (entry !== null) return jsonText(entry)
  const row = subjectRow(state)
  if (row === null) return null
  if (state.screen.kind === 'preview') {
    const loaded = state.plans.get(row.roleName)
    return loaded?.status === 'ready' ? jsonText(loaded.value.plan) : null
  }
  return jsonText(row)
}

/** AWS CLI lines: those of the stage or of the operation under the cursor, else the one that reads the role. */
export function copyCli(state: State): string | null {
  const { screen } = state
  if (screen.kind === 'change') return state.run?.steps[screen.main.index]?.cli ?? null
  if (screen.kind === 'log') return state.log.toReversed()[screen.main.index]?.cli ?? null
  if (screen.kind === 'preview') {
    const loaded = state.plans.get(screen.roleName)
    const known = loaded?.status === 'ready' ? selectedStage(loaded.value, screen) : null
    return known === null ? null : known.stage.operations.map((operation) => cliLine(screen.roleName, operation)).join('\n')
  }
  const row = subjectRow(state)
  return row === null ? null : `aws iam get-role --role-name ${shellWord(row.roleName)}`
}
