import type { AccountProblem, ManagedPolicy, PolicyVersionText } from './account.ts'
import type { ManagedPolicySource } from './parse-account-schema.ts'
import { parseArn } from './parse-arn.ts'
import { carrying, type Reading, readDate, readDocument, report } from './parse-problems.ts'

/** `problems` of the policy in force are those of every role that it is attached to. */
export type ParsedManagedPolicy = { readonly policy: ManagedPolicy; readonly inForce: readonly AccountProblem[] }

export function parseManagedPolicy(source: ManagedPolicySource, reading: Reading): ParsedManagedPolicy {
  const { arn } = reading
  const parts = parseArn(arn)
  const defaultVersionId = findDefaultVersionId(source)
  const inForce: AccountProblem[] = []
  const versions = (source.PolicyVersionList ?? []).map((version, index): PolicyVersionText => {
    const versionId = version.VersionId || (source.PolicyVersionList?.length === 1 ? (defaultVersionId ?? 'v1') : `unnumbered-${index + 1}`)
    const isDefault = versionId === defaultVersionId
    const at = { ...reading, place: `${reading.place}.PolicyVersionList[${index}]`, problems: isDefault ? inForce : reading.problems }
    const createDate = readDate({ ...at, problems: reading.problems }, 'CreateDate', version.CreateDate)
    const document = readDocument(at, 'Document', version.Document)
    const parsed = {
      versionId,
      isDefault,
      createDate,
      get text() {
        return document.text
      },
    }
    return carrying(reading, parsed, document)
  })
  if (!versions.some((version) => version.isDefault)) {
    report({ ...reading, problems: inForce }, 'PolicyVersionList', 'the version in force is missing')
  }
  const policy = {
    name: source.PolicyName || (parts?.name ?? arn),
    arn,
    policyId: source.PolicyId || arn,
    path: source.Path || (parts?.path ?? '/'),
    defaultVersionId,
    attachmentCount: source.AttachmentCount ?? null,
    boundaryUseCount: source.PermissionsBoundaryUsageCount ?? null,
    createDate: readDate(reading, 'CreateDate', source.CreateDate),
    updateDate: readDate(reading, 'UpdateDate', source.UpdateDate),
    versions,
  }
  return { policy, inForce }
}

function findDefaultVersionId(source: ManagedPolicySource): string | null {
  if (source.DefaultVersionId) return source.DefaultVersionId
  const versions = source.PolicyVersionList ?? []
  const marked = versions.find((version) => version.IsDefaultVersion === true)
  if (marked !== undefined) return marked.VersionId || 'v1'
  // A sole version can only be the one in force.
  return versions.length === 1 ? versions[0]?.VersionId || 'v1' : null
}
