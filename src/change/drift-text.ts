import { createTwoFilesPatch } from 'diff'
import type { PolicyDrift } from './three-way.ts'

const verdicts: Readonly<Record<PolicyDrift['verdict'], string>> = {
  theirs: 'edited by somebody else, not by us: it stays',
  restored: 'as it was before the change again',
  conflict: 'changed by us and by somebody else since',
}

/** A three-way view as lines for people: what the change did, and what was done since. */
export const driftLines = (drift: readonly PolicyDrift[]): readonly string[] =>
  drift.flatMap(({ kind, name, verdict, snapshot, ours, live }) => [
    `${kind} policy ${name}: ${verdicts[verdict]}`,
    ...(verdict === 'conflict' ? diffLines('before our change', snapshot, { name: 'as we left it', text: ours }) : []),
    ...diffLines('as we left it', ours, { name: 'now', text: live }),
  ])

type Side = { readonly name: string; readonly text: string | null }

function diffLines(name: string, text: string | null, other: Side): readonly string[] {
  if (text === other.text) return []
  const patch = createTwoFilesPatch(name, other.name, readable(text), readable(other.text), undefined, undefined, { context: 2 })
  return patch
    .split('\n')
    .filter((line) => line !== '' && !/^(=+$|\\)/.test(line))
    .map((line) => `  ${line}`)
}

/** One element a line, so that a difference shows where it is; what is no JSON stays as it is. */
export function readable(text: string | null): string {
  if (text === null) return ''
  try {
    return `${JSON.stringify(JSON.parse(text), null, 2)}\n`
  } catch {
    return `${text}\n`
  }
}
