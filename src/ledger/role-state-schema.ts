import { z } from 'zod'
import type { RoleState } from '../account/role-state.ts'

const tag = z.looseObject({ key: z.string(), value: z.string() })
const version = z.looseObject({ versionId: z.string(), isDefault: z.boolean(), createDate: z.string().nullable(), text: z.string() })

const managed = z.looseObject({
  name: z.string(),
  arn: z.string(),
  defaultVersionId: z.string(),
  attachmentCount: z.number(),
  boundaryUseCount: z.number(),
  versions: z.array(version),
  tags: z.array(tag),
})

export const roleStateSchema: z.ZodType<RoleState> = z.looseObject({
  roleName: z.string(),
  arn: z.string(),
  roleId: z.string(),
  path: z.string(),
  description: z.string().nullable(),
  trust: z.string(),
  boundary: z.string().nullable(),
  tags: z.array(tag),
  inline: z.array(z.looseObject({ name: z.string(), text: z.string() })),
  attached: z.array(z.looseObject({ name: z.string(), arn: z.string() })),
  managed: z.array(managed),
})
