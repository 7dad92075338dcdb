import type { Quotas } from '../ports/aws.ts'
import { AwsFailure } from '../ports/aws-failure.ts'
import type { AwsClients } from './clients.ts'
import { callAws } from './failure.ts'

/** The documented defaults (IAM User Guide, "IAM and AWS STS quotas"), for what the account does not say. */
const defaults: Quotas = {
  inlineSumPerRole: 10_240,
  managedPolicySize: 6_144,
  attachedPerRole: 10,
  versionsPerPolicy: 5,
  policiesPerAccount: 1_500,
  policiesInAccount: 0,
}

const summaryKeys: Record<keyof Quotas, string> = {
  inlineSumPerRole: 'RolePolicySizeQuota',
  managedPolicySize: 'PolicySizeQuota',
  attachedPerRole: 'AttachedPoliciesPerRoleQuota',
  versionsPerPolicy: 'VersionsPerPolicyQuota',
  policiesPerAccount: 'PoliciesQuota',
  policiesInAccount: 'Policies',
}

/** A caller that may not ask, or a server that does not know the call, gets the defaults. */
export async function readQuotas(clients: AwsClients): Promise<Quotas> {
  const summary = await readSummary(clients)
  const value = (key: keyof Quotas): number => summary[summaryKeys[key]] ?? defaults[key]
  return {
    inlineSumPerRole: value('inlineSumPerRole'),
    managedPolicySize: value('managedPolicySize'),
    attachedPerRole: value('attachedPerRole'),
    versionsPerPolicy: value('versionsPerPolicy'),
    policiesPerAccount: value('policiesPerAccount'),
    policiesInAccount: value('policiesInAccount'),
  }
}

async function readSummary(clients: AwsClients): Promise<Readonly<Partial<Record<string, number>>>> {
  const client = await clients.iam()
  const { GetAccountSummaryCommand } = await import('@aws-sdk/client-iam')
  try {
    const answer = await callAws('GetAccountSummary', 'read', () => client.send(new GetAccountSummaryCommand({})))
    return answer.SummaryMap ?? {}
  } catch (error) {
    if (error instanceof AwsFailure && (error.kind === 'denied' || error.kind === 'refused' || error.kind === 'unavailable')) return {}
    throw error
  }
}
