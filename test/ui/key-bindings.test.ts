import { expect, test } from 'vitest'
import { commandRecords } from '../../src/ui/command-records.ts'
import { bindingProblem } from '../../src/ui/key-bindings.ts'

test.each([
  [{}, null],
  [{ apply: ['A'] }, null],
  [{ apply: ['p'], preview: ['a'] }, null],
  [{ apply: ['p'] }, 'p would mean both "preview" and "apply"'],
  [{ nonsense: ['p'] }, 'there is no command "nonsense"'],
  [{ interrupt: ['x'] }, '"interrupt" keeps its keys: nobody may be locked in'],
  [{ apply: ['Esc'] }, 'Esc cannot be given to "apply": it is fixed'],
  [{ apply: ['Hyper-a'] }, '"Hyper-a" is no key: a character, Space, Tab, Up, PgDn, Ctrl-x and the like are'],
])('bindings %j: %s', (bindings, problem) => expect(bindingProblem(commandRecords, bindings as never)).toBe(problem))
