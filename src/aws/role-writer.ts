import type { Tag } from '../account/account.ts'
import type { RoleWriter } from '../ports/aws.ts'
import { AwsFailure } from '../ports/aws-failure.ts'
import type { AwsClients } from './clients.ts'
import { callAws } from './failure.ts'

/**
 * The only room that writes to AWS. One method is one IAM call, never repeated here: whether a call without an answer was
 * carried out is for the change that made it to find out, by reading.
 */
export function createRoleWriter(clients: AwsClients): RoleWriter {
  const load = async () => ({ client: await clients.iamWriter(), sdk: await import('@aws-sdk/client-iam') })
  const write = <Answer>(operation: string, run: (loaded: Awaited<ReturnType<typeof load>>) => Promise<Answer>): Promise<Answer> =>
    callAws(operation, 'write', async () => run(await load()))

  return {
    putRolePolicy: (RoleName, PolicyName, PolicyDocument) =>
      write('PutRolePolicy', async ({ client, sdk }) => {
        await client.send(new sdk.PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }))
      }),
    deleteRolePolicy: (RoleName, PolicyName) =>
      write('DeleteRolePolicy', async ({ client, sdk }) => {
        await client.send(new sdk.DeleteRolePolicyCommand({ RoleName, PolicyName }))
      }),
    attachRolePolicy: (RoleName, PolicyArn) =>
      write('AttachRolePolicy', async ({ client, sdk }) => {
        await client.send(new sdk.AttachRolePolicyCommand({ RoleName, PolicyArn }))
      }),
    detachRolePolicy: (RoleName, PolicyArn) =>
      write('DetachRolePolicy', async ({ client, sdk }) => {
        await client.send(new sdk.DetachRolePolicyCommand({ RoleName, PolicyArn }))
      }),
    updateAssumeRolePolicy: (RoleName, PolicyDocument) =>
      write('UpdateAssumeRolePolicy', async ({ client, sdk }) => {
        await client.send(new sdk.UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }))
      }),
    createPolicy: (policy) =>
      write('CreatePolicy', async ({ client, sdk }) => {
        const { name: PolicyName, path: Path, document: PolicyDocument, description: Description } = policy
        const answer = await client.send(
          new sdk.CreatePolicyCommand({ PolicyName, Path, PolicyDocument, Description, Tags: policy.tags.map(toSdkTag) }),
        )
        return answer.Policy?.Arn ?? lost('CreatePolicy')
      }),
    createPolicyVersion: (PolicyArn, PolicyDocument) =>
      write('CreatePolicyVersion', async ({ client, sdk }) => {
        const answer = await client.send(new sdk.CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }))
        return answer.PolicyVersion?.VersionId ?? lost('CreatePolicyVersion')
      }),
    setDefaultPolicyVersion: (PolicyArn, VersionId) =>
      write('SetDefaultPolicyVersion', async ({ client, sdk }) => {
        await client.send(new sdk.SetDefaultPolicyVersionCommand({ PolicyArn, VersionId }))
      }),
    deletePolicyVersion: (PolicyArn, VersionId) =>
      write('DeletePolicyVersion', async ({ client, sdk }) => {
        await client.send(new sdk.DeletePolicyVersionCommand({ PolicyArn, VersionId }))
      }),
    deletePolicy: (PolicyArn) =>
      write('DeletePolicy', async ({ client, sdk }) => {
        await client.send(new sdk.DeletePolicyCommand({ PolicyArn }))
      }),
  }
}

const toSdkTag = (tag: Tag) => ({ Key: tag.key, Value: tag.value })

/** AWS said yes but not to what. */
function lost(operation: string): never {
  throw new AwsFailure({ kind: 'unknown-outcome', code: '', operation, message: `${operation}: the answer does not name what was made` })
}
