import { readFileSync, statSync } from 'node:fs'
import { z } from 'zod'
import { describeIssue } from '../account/parse-issue.ts'
import type { PlanFile } from '../plan/plan.ts'
import { InputFailure } from '../ports/input-failure.ts'
import { rolePlanSchema } from './frozen-plan-schema.ts'

const MOST_BYTES = 256 * 1024 * 1024

const planFileSchema: z.ZodType<PlanFile> = z.looseObject({
  planVersion: z.literal(1, { error: ({ input }) => `this zt-tui reads version 1, not ${JSON.stringify(input)}` }),
  accountId: z.string().nullable(),
  scanId: z.string(),
  createdAt: z.string(),
  window: z.number(),
  minAge: z.number(),
  summary: z.looseObject({ removals: z.number(), roles: z.number(), decisions: z.number() }).exactOptional(),
  roles: z.array(rolePlanSchema),
})

/** Reads and checks what `plan --out` wrote. Throws `InputFailure`. */
export function readPlanFile(file: string): PlanFile {
  const read = planFileSchema.safeParse(parseJson(readText(file), file))
  if (read.success) return read.data
  const { place, message } = describeIssue(read.error)
  throw new InputFailure({ file, place, message: `${message}; a file that \`zt-tui plan --out\` wrote was expected` })
}

function readText(file: string): string {
  try {
    if (statSync(file).size <= MOST_BYTES) return readFileSync(file, 'utf8')
  } catch (cause) {
    const code = cause instanceof Error ? String(Reflect.get(cause, 'code')) : ''
    throw new InputFailure({ file, place: '', message: code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code})`, cause })
  }
  throw new InputFailure({ file, place: '', message: 'is too large for a plan' })
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new InputFailure({ file, place: '', message: 'is no JSON; a file that `zt-tui plan --out` wrote was expected', cause })
  }
}
