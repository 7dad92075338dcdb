import type { PolicyVersionText } from '../account/account.ts'
import { decodeDocument } from '../account/parse-document.ts'
import { isAwsManaged } from '../account/role-policies.ts'
import type { ManagedPolicyState } from '../account/role-state.ts'
import type { Arn } from '../policy/names.ts'
import { AwsFailure } from '../ports/aws-failure.ts'
import { mapBounded } from './bounded.ts'
import type { AwsClients } from './clients.ts'
import { callAwsOrNull } from './failure.ts'
import { iamPage, present, readPages } from './read-pages.ts'
import { sending, toTags } from './sdk-values.ts'

const concurrency = 5

/** A customer managed policy with every version, one of AWS with the version in force only. Null where there is none. */
export async function readManagedPolicy(clients: AwsClients, PolicyArn: Arn, signal?: AbortSignal): Promise<ManagedPolicyState | null> {
  const client = await clients.iam()
  const { GetPolicyCommand } = await import('@aws-sdk/client-iam')
  const answer = await callAwsOrNull('GetPolicy', () => client.send(new GetPolicyCommand({ PolicyArn }), sending(signal)))
  if (answer === null) return null
  const policy = present('GetPolicy', answer.Policy)
  const defaultVersionId = policy.DefaultVersionId ?? ''
  const versionIds = isAwsManaged(PolicyArn) ? [defaultVersionId] : await readVersionIds(clients, PolicyArn, signal)
  if (versionIds === null) return null
  const found = await mapBounded(versionIds, concurrency, (versionId) =>
    readVersion(clients, { PolicyArn, versionId, defaultVersionId }, signal),
  )
  const versions = found.filter((version) => version !== null)
  if (!versions.some((version) => version.isDefault)) {
    const operation = 'GetPolicyVersion'
    throw new AwsFailure({ kind: 'unavailable', code: '', operation, message: `${operation}: ${PolicyArn} changed while it was read` })
  }
  return {
    name: policy.PolicyName ?? PolicyArn,
    arn: policy.Arn ?? PolicyArn,
    defaultVersionId,
    attachmentCount: policy.AttachmentCount ?? 0,
    boundaryUseCount: policy.PermissionsBoundaryUsageCount ?? 0,
    versions,
    tags: toTags(policy.Tags),
  }
}

async function readVersionIds(clients: AwsClients, PolicyArn: Arn, signal?: AbortSignal): Promise<readonly string[] | null> {
  const client = await clients.iam()
  const { ListPolicyVersionsCommand } = await import('@aws-sdk/client-iam')
  const pages = await callAwsOrNull('ListPolicyVersions', () =>
    readPages('ListPolicyVersions', async (Marker) => {
      const answer = await client.send(
        new ListPolicyVersionsCommand({ PolicyArn, ...(Marker === null ? {} : { Marker }) }),
        sending(signal),
      )
      return iamPage('ListPolicyVersions', answer.Versions, answer)
    }),
  )
  return pages === null ? null : pages.flat().flatMap((version) => version.VersionId ?? [])
}

type VersionQuery = { readonly PolicyArn: Arn; readonly versionId: string; readonly defaultVersionId: string }

async function readVersion(clients: AwsClients, query: VersionQuery, signal?: AbortSignal): Promise<PolicyVersionText | null> {
  const { PolicyArn, versionId, defaultVersionId } = query
  const client = await clients.iam()
  const { GetPolicyVersionCommand } = await import('@aws-sdk/client-iam')
  const input = { PolicyArn, VersionId: versionId }
  const answer = await callAwsOrNull('GetPolicyVersion', () => client.send(new GetPolicyVersionCommand(input), sending(signal)))
  if (answer === null) return null
  const version = present('GetPolicyVersion', answer.PolicyVersion)
  return {
    versionId,
    isDefault: versionId === defaultVersionId,
    createDate: version.CreateDate?.toISOString() ?? null,
    text: decodeDocument(present('GetPolicyVersion', version.Document)),
  }
}
