import { type CompiledPolicy, compilePolicy, type PolicySource } from '../../policy/evaluate/index.ts'
import { parsePolicy } from '../../policy/parse.ts'

/** Policy texts made ready for evaluation. */
export type PolicyReader = { read(source: PolicySource, text: string): CompiledPolicy }

const KEPT_POLICIES = 4_000

/** Remembers by source and text, so nothing can go stale; the oldest half is dropped when there are too many. */
export function policyReader(): PolicyReader {
  const known = new Map<string, CompiledPolicy>()
  return {
    read(source, text) {
      const key = `${source.id}\n${text}`
      const before = known.get(key)
      if (before !== undefined) return before
      const parsed = parsePolicy(text)
      // A text that is no policy says nothing: AWS would never have stored it.
      const compiled = parsed.ok ? compilePolicy(source, parsed.document) : { source, statements: [] }
      if (known.size >= KEPT_POLICIES) for (const old of [...known.keys()].slice(0, KEPT_POLICIES / 2)) known.delete(old)
      known.set(key, compiled)
      return compiled
    },
  }
}
