import { z } from 'zod'
import type { Change, ChangeKind, ChangeState, JournalOperation, OperationOutcome } from '../change/change.ts'
import { operationSchema } from './operation-schema.ts'

/** Every member of a union as a list that the compiler finds incomplete or wrong. */
const members = <T extends string>(all: Record<T, true>): readonly T[] => Object.keys(all).filter((name): name is T => name in all)

const states = members<ChangeState>({
  planned: true,
  snapshotted: true,
  applying: true,
  applied: true,
  verified: true,
  soaking: true,
  settled: true,
  unobserved: true,
  'rolling-back': true,
  'rolled-back': true,
  failed: true,
  interrupted: true,
})

const kinds = members<ChangeKind>({
  tighten: true,
  rollback: true,
  'give-back': true,
  quarantine: true,
  release: true,
  overlay: true,
  jit: true,
})

const outcomes = members<OperationOutcome>({ pending: true, started: true, done: true, 'already-done': true, undone: true, failed: true })

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue('no JSON')
    return z.NEVER
  }
})

/** A row of `changes` as the change without its operations. */
export const changeRowSchema = z
  .object({
    change_id: z.string(),
    batch_id: z.string().nullable(),
    account_key: z.string(),
    role_name: z.string(),
    role_arn: z.string(),
    role_id: z.string(),
    kind: z.enum(kinds),
    stage: z.int().nullable(),
    plan: z.string().nullable(),
    state: z.enum(states),
    at: z.string(),
    by: z.string(),
    reason: z.string().nullable(),
    snapshot: z.string(),
    undoes: z.string().nullable(),
    restore_script: z.string().nullable(),
    overrides: json.pipe(z.array(z.string())),
  })
  .transform(
    (row): Omit<Change, 'operations'> => ({
      changeId: row.change_id,
      batchId: row.batch_id,
      accountKey: row.account_key,
      roleName: row.role_name,
      roleArn: row.role_arn,
      roleId: row.role_id,
      kind: row.kind,
      stage: row.stage,
      plan: row.plan,
      state: row.state,
      at: row.at,
      by: row.by,
      reason: row.reason,
      snapshot: row.snapshot,
      undoes: row.undoes,
      restoreScript: row.restore_script,
      overrides: row.overrides,
    }),
  )

export const journalRowSchema: z.ZodType<JournalOperation> = z.object({
  k: z.int(),
  operation: json.pipe(operationSchema),
  outcome: z.enum(outcomes),
  ms: z.number(),
  message: z.string().nullable(),
})
