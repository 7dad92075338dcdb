import { z } from 'zod'
import { operationTarget } from '../plan/operation.ts'
import type { PlannedPolicy, PlanStage, RolePlan } from '../plan/plan.ts'
import type { FrozenPlan } from '../ports/ledger.ts'
import { operationSchema } from './operation-schema.ts'

const texts = z.array(z.string())

const plannedPolicy: z.ZodType<PlannedPolicy> = z.looseObject({
  name: z.string(),
  kind: z.enum(['inline', 'managed', 'aws-managed']),
  arn: z.string().exactOptional(),
  document: z.unknown(),
  text: z.string(),
})

const stage: z.ZodType<PlanStage> = z.looseObject({
  n: z.int().min(1),
  kind: z.literal('overlay').exactOptional(),
  title: z.string(),
  startHash: z.string(),
  removes: texts,
  before: z.array(plannedPolicy),
  after: z.array(plannedPolicy),
  operations: z.array(operationSchema.transform((operation) => ({ ...operation, target: operationTarget(operation) }))),
  proof: z.looseObject({ noNewAccess: z.boolean(), usedKept: z.boolean(), prefixes: z.boolean(), counterexample: z.string().nullable() }),
  sizes: z.looseObject({
    inline: z.number(),
    inlineLimit: z.number(),
    managed: z.array(z.looseObject({ name: z.string(), size: z.number(), limit: z.number() })),
    limitOk: z.boolean(),
  }),
  riskAfter: z.number(),
  decisions: z.number(),
})

export const rolePlanSchema: z.ZodType<RolePlan> = z.looseObject({
  roleName: z.string(),
  arn: z.string(),
  roleId: z.string(),
  stateHash: z.string(),
  stages: z.array(stage),
  keptUnknown: texts,
  asked: texts,
  required: texts,
  requiredReasons: z.record(z.string(), z.string()).exactOptional(),
  dropsFuture: texts,
  undated: texts,
  lostSiblings: z.array(z.looseObject({ keeps: z.string(), drops: texts })).exactOptional(),
  shared: z
    .array(z.looseObject({ policyName: z.string(), policyArn: z.string(), roles: texts, users: texts, groups: texts }))
    .exactOptional(),
  overlay: z.looseObject({ fits: z.boolean(), why: z.string().nullable() }).exactOptional(),
  notes: texts,
})

export const frozenPlanSchema: z.ZodType<FrozenPlan> = z.looseObject({
  plan: rolePlanSchema,
  scanId: z.string(),
  createdAt: z.string(),
  window: z.number(),
  minAge: z.number(),
})
