import type { ActionSet } from '../../policy/action-set.ts'
import type { PolicyDocument } from '../../policy/document.ts'
import { grantedActions } from '../../policy/grants.ts'
import { parsePolicy } from '../../policy/parse.ts'
import type { Universe } from '../../policy/universe.ts'

/** What a set of policy texts grants over the catalog. */
export type GrantReader = { readonly universe: Universe; granted(texts: readonly string[]): ActionSet }

const KEPT_ANSWERS = 4_000

/** Answers are remembered by the texts themselves, so they cannot go stale; the oldest half is dropped when there are too many. */
export function grantReader(universe: Universe): GrantReader {
  const documents = new Map<string, PolicyDocument | null>()
  const answers = new Map<string, ActionSet>()
  const documentOf = (text: string): PolicyDocument | null => {
    const known = documents.get(text)
    if (known !== undefined) return known
    const parsed = parsePolicy(text)
    const document = parsed.ok ? parsed.document : null
    remember(documents, text, document)
    return document
  }
  return {
    universe,
    granted(texts) {
      const key = texts.join('\n')
      const known = answers.get(key)
      if (known !== undefined) return known
      const answer = grantedActions(
        universe,
        texts.flatMap((text) => documentOf(text) ?? []),
      )
      remember(answers, key, answer)
      return answer
    },
  }
}

function remember<V>(cache: Map<string, V>, key: string, value: V): void {
  if (cache.size >= KEPT_ANSWERS) for (const old of [...cache.keys()].slice(0, KEPT_ANSWERS / 2)) cache.delete(old)
  cache.set(key, value)
}
