/**
 * The file of `zt-tui sandbox --faults FILE`: what goes wrong, line by line.
 *
 *   {"faults": [
 *     {"operation": "PutRolePolicy", "n": 2, "verdict": {"kind": "throttle"}},
 *     {"operation": "ListFindingsV2", "verdict": {"kind": "html-error", "status": 503}},
 *     {"operation": "*", "n": 1, "times": 3, "verdict": {"kind": "delay", "ms": 400}}
 *   ]}
 */
import { z } from 'zod'
import type { FaultVerdict, ScriptedFault } from './faults.ts'

/** The file is no list of faults; `message` names the place and what was expected. */
export class FaultFileProblem extends Error {
  override readonly name = 'FaultFileProblem'
  /** `faults[2].verdict.kind`; empty where the whole file is meant. */
  readonly place: string
  constructor(place: string, message: string) {
    super(message)
    this.place = place
  }
}

const status = z.union([z.literal(500), z.literal(502), z.literal(503), z.literal(504)]).optional()
const count = z.number().int().min(1)

const verdict: z.ZodType<FaultVerdict> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('throttle') }),
  z.strictObject({ kind: z.literal('server-error'), status }),
  z.strictObject({ kind: z.literal('html-error'), status }),
  z.strictObject({ kind: z.literal('html-ok') }),
  z.strictObject({ kind: z.literal('truncated-body') }),
  z.strictObject({ kind: z.literal('response-lost') }),
  z.strictObject({ kind: z.literal('connection-reset') }),
  z.strictObject({ kind: z.literal('delay'), ms: z.number().min(0).max(600_000) }),
  z.strictObject({ kind: z.literal('stale-reads'), seconds: z.number().min(0).max(3_600) }),
  z.strictObject({
    kind: z.literal('edit'),
    operation: z.string().min(1),
    params: z.record(z.string(), z.string()),
    when: z.enum(['before', 'after']).optional(),
  }),
  z.strictObject({ kind: z.literal('access-denied') }),
  z.strictObject({ kind: z.literal('error'), code: z.string().min(1), status: z.number().int().min(400).max(599), message: z.string() }),
])

const KINDS =
  'throttle, server-error, html-error, html-ok, truncated-body, response-lost, connection-reset, delay, stale-reads, edit, access-denied, error'

const line: z.ZodType<ScriptedFault> = z.strictObject({
  operation: z.string().min(1),
  service: z.string().min(1).optional(),
  n: count.optional(),
  times: count.optional(),
  verdict,
})

const file = z.strictObject({ faults: z.array(line).max(1_000) })

/** Throws `FaultFileProblem`. */
export function parseFaultFile(text: string): readonly ScriptedFault[] {
  const read = file.safeParse(jsonOf(text))
  if (read.success) return read.data.faults
  const issue = read.error.issues[0]
  const place = placeOf(issue?.path ?? [])
  if (place.endsWith('.kind')) throw new FaultFileProblem(place, `one of ${KINDS} was expected`)
  throw new FaultFileProblem(place, issue?.message ?? 'a list of faults was expected')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new FaultFileProblem('', `no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '')
}
