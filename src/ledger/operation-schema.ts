import { z } from 'zod'
import type { Operation } from '../plan/operation.ts'

const text = z.string()
const tag = z.looseObject({ key: text, value: text })
const ownPolicy = { policyName: text, path: text, policyArn: text, document: text, description: text, tags: z.array(tag) }
const versionSwitch = {
  policyArn: text,
  oldVersionId: text,
  oldText: text,
  newText: text,
  theirs: z.array(text).exactOptional(),
  over: z.looseObject({ versionId: text, text }).exactOptional(),
}

/** Loose, as all schemas of what the ledger keeps: what a later version wrote besides is not dropped by this one. */
export const operationSchema: z.ZodType<Operation> = z.discriminatedUnion(
  'kind',
  [
    z.looseObject({ kind: z.literal('PutRolePolicy'), policyName: text, before: text.nullable(), after: text }),
    z.looseObject({ kind: z.literal('DeleteRolePolicy'), policyName: text, before: text }),
    z.looseObject({ kind: z.literal('AttachRolePolicy'), policyName: text, policyArn: text }),
    z.looseObject({ kind: z.literal('DetachRolePolicy'), policyName: text, policyArn: text }),
    z.looseObject({ kind: z.literal('UpdateAssumeRolePolicy'), before: text, after: text }),
    z.looseObject({ kind: z.literal('CreatePolicy'), ...ownPolicy }),
    z.looseObject({ kind: z.literal('DeletePolicy'), ...ownPolicy }),
    z.looseObject({ kind: z.literal('CreatePolicyVersion'), ...versionSwitch }),
    z.looseObject({ kind: z.literal('SetDefaultPolicyVersion'), ...versionSwitch }),
    z.looseObject({ kind: z.literal('DeletePolicyVersion'), ...versionSwitch }),
  ],
  {
    error: ({ code, input }) =>
      code === 'invalid_union' ? `no operation that is known: ${JSON.stringify(Object(input).kind)}` : undefined,
  },
)
