import type { QueryOperations } from '../protocol/query.ts'
import { setRoleBoundary } from '../state/role-table.ts'
import { attachablePolicyAsked, noSuchEntity, roleToChange } from './lookup.ts'

/** A role's permissions boundary. */
export const boundaryOperations: QueryOperations = {
  PutRolePermissionsBoundary: {
    effect: 'write',
    run(params, context) {
      const policy = attachablePolicyAsked(params, context, 'PermissionsBoundary')
      const role = roleToChange(params, context)
      setRoleBoundary(context.database, role.id, policy.arn)
      return null
    },
  },

  DeleteRolePermissionsBoundary: {
    effect: 'write',
    run(params, context) {
      const role = roleToChange(params, context)
      if (role.boundary === null) throw noSuchEntity(`Role ${role.name} has no permissions boundary.`)
      setRoleBoundary(context.database, role.id, null)
      return null
    },
  },
}
