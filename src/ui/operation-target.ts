import type { Operation } from '../plan/operation.ts'

/** What an operation works on, for people. */
export function operationTarget(operation: Operation): string {
  if ('policyName' in operation) return operation.policyName
  return operation.policyArn.slice(operation.policyArn.lastIndexOf('/') + 1)
}
