import type { PlannedPolicy } from '../plan/plan.ts'
import { sameDocument } from '../policy/same-document.ts'

/** Whether the policies that a plan shows to people are the ones that are there, or will be: by text and by document. */
export function areShownTruly(shown: readonly PlannedPolicy[], real: readonly PlannedPolicy[]): boolean {
  const byKey = new Map(shown.map((policy) => [keyOf(policy), policy]))
  return shown.length === real.length && real.every((policy) => isSame(byKey.get(keyOf(policy)), policy))
}

const keyOf = ({ kind, name, arn }: PlannedPolicy): string => `${kind} ${arn ?? name.toLowerCase()}`

const isSame = (shown: PlannedPolicy | undefined, { text, document }: PlannedPolicy): boolean =>
  shown !== undefined && sameDocument(shown.text, text) && (document === null || sameDocument(JSON.stringify(shown.document), text))
