import { moveCursor } from '../cursor.ts'
import { stageOf } from '../screens.ts'
import type { State } from '../state.ts'
import { type Step, stay, words } from '../step/result.ts'
import { subjectName } from '../subject.ts'
import type { CommandRecord } from './record.ts'

const lists = ['roles', 'board'] as const

/** Marks or unmarks the role under the cursor and goes on to the next one: a held key marks a stretch. */
function mark(state: State): Step {
  const name = subjectName(state)
  const main = stageOf(state).panes.find(({ id }) => id === 'main')
  if (name === null || main === undefined) return stay(state)
  const marks = state.marks.includes(name) ? state.marks.filter((one) => one !== name) : [...state.marks, name]
  return stay({ ...state, marks, screen: { ...state.screen, main: moveCursor(state.screen.main, main.pane, 1) } })
}

export const markCommands: readonly CommandRecord[] = [
  {
    id: 'mark',
    keys: ['Space'],
    group: 'change',
    on: lists,
    footer: 56,
    blocked: (state) => (subjectName(state) === null ? words(state).blocked.noRole : null),
    run: mark,
  },
  {
    id: 'unmark',
    keys: ['M'],
    group: 'change',
    on: lists,
    blocked: (state) => (state.marks.length === 0 ? words(state).blocked.noMarks : null),
    run: (state) => stay({ ...state, marks: [] }),
  },
]
