import { awsPolicyLines } from '../aws-policies.generated.ts'
import { entityId } from './ids.ts'
import type { StoredPolicy, StoredVersion } from './policy-table.ts'

/** A policy that AWS keeps: one stored version, the default one. */
export type AwsManagedPolicy = StoredPolicy & { readonly version: StoredVersion }

type Shelf = { readonly list: readonly AwsManagedPolicy[]; readonly byArn: ReadonlyMap<string, AwsManagedPolicy> }

/** Reads the generated lines for one partition; the caller keeps the result. */
export function awsManagedShelf(partition: string): Shelf {
  const list = awsPolicyLines.map(([name, path, versionId, createDate, updateDate, document]) => ({
    arn: `arn:${partition}:iam::aws:policy${path}${name}`,
    id: entityId('ANPA', `aws/${name}`),
    name,
    path,
    description: null,
    defaultVersion: versionId,
    nextVersion: Number(versionId.slice(1)) + 1,
    createDate,
    updateDate,
    tags: [],
    version: { versionId, document, createDate: updateDate },
  }))
  return { list, byArn: new Map(list.map((policy) => [policy.arn, policy])) }
}

export type AwsManagedShelf = Shelf
