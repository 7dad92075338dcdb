import type { Arn } from '../policy/names.ts'
import type { Right } from '../ports/aws.ts'
import { AwsFailure } from '../ports/aws-failure.ts'
import type { AwsClients } from './clients.ts'
import { callAws } from './failure.ts'
import { present } from './read-pages.ts'

const operation = 'SimulatePrincipalPolicy'

/**
 * Asks IAM's simulator what a principal may do. It knows identity policies and boundaries, not what an organization denies.
 *
 * @returns for each right whether it is allowed, or null where the simulator may not be asked or is not there
 */
export async function readRights(clients: AwsClients, principalArn: Arn, rights: readonly Right[]): Promise<readonly boolean[] | null> {
  try {
    const allowed = new Map<string, boolean>()
    for (const [resource, asked] of Map.groupBy(rights, (right) => right.resource)) {
      const client = await clients.iam()
      const { SimulatePrincipalPolicyCommand } = await import('@aws-sdk/client-iam')
      const actions = [...new Set(asked.map(({ action }) => action))]
      const command = new SimulatePrincipalPolicyCommand({
        PolicySourceArn: principalArn,
        ActionNames: actions,
        ...(resource === '*' ? {} : { ResourceArns: [resource] }),
        ContextEntries: [{ ContextKeyName: 'aws:MultiFactorAuthPresent', ContextKeyType: 'boolean', ContextKeyValues: ['true'] }],
        MaxItems: 1000,
      })
      const answer = await callAws(operation, 'read', () => client.send(command))
      for (const { EvalActionName, EvalDecision } of present(operation, answer.EvaluationResults))
        allowed.set(`${EvalActionName?.toLowerCase()} ${resource}`, EvalDecision === 'allowed')
    }
    return rights.map(({ action, resource }) => allowed.get(`${action.toLowerCase()} ${resource}`) ?? false)
  } catch (error) {
    if (error instanceof AwsFailure && error.kind !== 'cancelled') return null
    throw error
  }
}
