import { CreateRoleCommand, DeleteRoleCommand, DeleteRolePolicyCommand, DetachRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam'
import type { TestAccount } from './test-account.ts'

/** Somebody deletes the role and makes another one of its name. */
export async function makeRoleAnew({ sandbox, roleState }: Pick<TestAccount, 'sandbox' | 'roleState'>): Promise<void> {
  const role = await roleState('app')
  const credentials = { accessKeyId: 'AKIAOTHER', secretAccessKey: 'x' }
  const iam = new IAMClient({ region: 'us-east-1', credentials, requestHandler: sandbox.requestHandler })
  const RoleName = 'app'
  for (const { name } of role?.inline ?? []) await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: name }))
  for (const { arn } of role?.attached ?? []) await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: arn }))
  await iam.send(new DeleteRoleCommand({ RoleName }))
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: role?.trust }))
  iam.destroy()
}
