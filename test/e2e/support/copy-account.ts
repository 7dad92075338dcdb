import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  GetAccountAuthorizationDetailsCommand,
  type IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'

/** Makes in one account what another one has: customer managed policies with their versions in order, and roles. */
export async function copyAccount(from: IAMClient, to: IAMClient): Promise<void> {
  const details = await from.send(new GetAccountAuthorizationDetailsCommand({ MaxItems: 1000 }))
  for (const { PolicyName, Path, Arn = '', PolicyVersionList = [] } of details.Policies ?? []) {
    if (Arn.includes(':aws:policy/')) continue
    const [first, ...later] = PolicyVersionList.toSorted((a, b) => (a.VersionId ?? '').localeCompare(b.VersionId ?? ''))
    await to.send(new CreatePolicyCommand({ PolicyName, Path, PolicyDocument: plain(first?.Document) }))
    for (const { Document, IsDefaultVersion } of later)
      await to.send(new CreatePolicyVersionCommand({ PolicyArn: Arn, PolicyDocument: plain(Document), SetAsDefault: IsDefaultVersion }))
  }
  for (const { RoleName, Path, AssumeRolePolicyDocument, RolePolicyList = [], AttachedManagedPolicies = [] } of details.RoleDetailList ??
    []) {
    await to.send(new CreateRoleCommand({ RoleName, Path, AssumeRolePolicyDocument: plain(AssumeRolePolicyDocument) }))
    for (const { PolicyName, PolicyDocument } of RolePolicyList)
      await to.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: plain(PolicyDocument) }))
    for (const { PolicyArn } of AttachedManagedPolicies) await to.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }))
  }
}

const plain = (document: string | undefined): string => decodeURIComponent(document ?? '')
