import type { CallContext } from '../call-context.ts'
import { entityArn } from '../iam/shapes.ts'
import { daysBefore, observe } from '../observation/role-observation.ts'
import { type UnusedAccess, unusedAccess } from '../observation/unused-access.ts'
import type { StoredAnalyzer } from '../state/analyzer-table.ts'
import { uuidFrom } from '../state/ids.ts'
import { rolesAfter } from '../state/role-table.ts'
import type { Found } from './analysis.ts'
import { type UnusedCredential, unusedCredentials } from './unused-credentials.ts'

/** What is unused now, by the id of its finding. Young roles and those of AWS's own services are left out. */
export function unusedContents(analyzer: StoredAnalyzer, context: CallContext): ReadonlyMap<string, Found> {
  const unusedSince = daysBefore(context.now, analyzer.unusedAccessAge ?? 90)
  const found = new Map<string, Found>()
  for (const role of rolesAfter(context.database, { after: '', limit: -1 })) {
    if (role.createDate > unusedSince || role.path.startsWith('/aws-service-role/')) continue
    const content = unusedAccess(observe(role.id, context.now, context), unusedSince)
    if (content === null) continue
    found.set(uuidFrom(`${analyzer.arn} ${role.id} ${contentKey(content)}`), {
      resource: entityArn(context, 'role', role.path, role.name),
      resourceType: 'AWS::IAM::Role',
      since: firstPossible(role.createDate, analyzer),
      content,
    })
  }
  for (const { userArn, madeAt, content } of unusedCredentials(unusedSince, context))
    found.set(uuidFrom(`${analyzer.arn} ${userArn} ${madeAt} ${credentialKey(content)}`), {
      resource: userArn,
      resourceType: 'AWS::IAM::User',
      since: firstPossible(madeAt, analyzer),
      content,
    })
  return found
}

/** What is unused, without the dates. */
function contentKey(content: UnusedAccess): string {
  if (content.kind === 'UnusedIAMRole') return content.kind
  return content.services.map(({ service, actions }) => `${service}:${actions?.map((action) => action.name).join(',') ?? '*'}`).join(' ')
}

function credentialKey(content: UnusedCredential): string {
  return content.kind === 'UnusedIAMUserPassword' ? content.kind : content.accessKeyId
}

function firstPossible(madeAt: string, analyzer: StoredAnalyzer): string {
  const since = Math.max(Date.parse(madeAt), Date.parse(analyzer.createdAt))
  return daysBefore(new Date(since).toISOString(), -(analyzer.unusedAccessAge ?? 90))
}
