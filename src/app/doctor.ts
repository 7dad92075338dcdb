/** Checks what the program stands on: the caller and its rights, quotas, sources, the clock. Reads only. */
import { overlayReminder, standingOverlays } from '../change/standing-overlays.ts'
import type { Right } from '../ports/aws.ts'
import { AwsFailure } from '../ports/aws-failure.ts'
import type { AccountSession } from './account-session.ts'
import { analyzerOffer } from './analyzer-offer.ts'
import type { AppContext } from './context.ts'
import { changingRights, READING } from './needed-rights.ts'
import type { DoctorCheck } from './views.ts'

export async function examine(context: AppContext, session: AccountSession): Promise<readonly DoctorCheck[]> {
  const { mode, caller, catalog, dataDir, clock } = context
  return [
    { id: 'account', status: 'ok', message: `${mode}: ${context.accountLabel}` },
    caller === null
      ? { id: 'caller', status: 'ok', message: 'nobody is signed in: saved files' }
      : {
          id: 'caller',
          status: caller.isRoot ? 'failed' : 'ok',
          message: `signed in as ${caller.arn}${caller.isRoot ? ': root must not change roles' : ''}`,
        },
    ...(await rightChecks(context)),
    ...(await quotaChecks(context)),
    ...(await sourceChecks(session)),
    { id: 'catalog', status: 'ok', message: `${catalog.actions.length} actions of ${catalog.date}` },
    { id: 'ledger', status: 'ok', message: `${context.ledger.changes(context.accountKey).length} changes in ${dataDir}` },
    ...overlayChecks(context),
    { id: 'clock', status: 'ok', message: clock.now().toISOString() },
  ]
}

/** An overlay is never the end: each one that stands asks for its rewrite. */
function overlayChecks({ ledger, accountKey }: AppContext): DoctorCheck[] {
  return standingOverlays(ledger.changes(accountKey)).map((change) => ({
    id: 'overlay',
    status: 'warning',
    message: `${change.roleName}: ${overlayReminder(change)}`,
  }))
}

async function rightChecks({ live, writer, caller }: AppContext): Promise<DoctorCheck[]> {
  if (live === null || caller === null) return []
  const asked = [
    { id: 'rights-to-read', rights: READING.map((action): Right => ({ action, resource: '*' })), without: 'warning' },
    { id: 'rights-to-change', rights: changingRights(caller), without: writer === null ? 'ok' : 'warning' },
  ] as const
  const checks: DoctorCheck[] = []
  for (const { id, rights, without } of asked) {
    const answers = await live.rights(rights)
    const lacking = answers === null ? [] : rights.flatMap(({ action }, at) => (answers[at] === true ? [] : [action]))
    if (answers === null) checks.push({ id, status: 'warning', message: 'not known: iam:SimulatePrincipalPolicy cannot be asked here' })
    else if (lacking.length === 0) checks.push({ id, status: 'ok', message: `all ${rights.length} actions of docs/iam` })
    else checks.push({ id, status: without, message: `lacks ${lacking.join(', ')}` })
  }
  return checks
}

async function quotaChecks({ live }: AppContext): Promise<DoctorCheck[]> {
  if (live === null) return []
  const { inlineSumPerRole, managedPolicySize, attachedPerRole, policiesInAccount, policiesPerAccount } = await live.quotas()
  const free = policiesPerAccount - policiesInAccount
  const message = `inline ${inlineSumPerRole} and managed ${managedPolicySize} characters, ${attachedPerRole} policies a role, ${free} of ${policiesPerAccount} policies free`
  return [{ id: 'quotas', status: free > 0 ? 'ok' : 'warning', message }]
}

async function sourceChecks(session: AccountSession): Promise<DoctorCheck[]> {
  try {
    const { evidence, account } = await session.analysis()
    const roles: DoctorCheck = { id: 'scan', status: 'ok', message: `${account.roles.length} roles, ${account.users.length} users` }
    return [
      roles,
      ...evidence.sources.map(
        ({ id, status, why }): DoctorCheck => ({ id, status: status === 'connected' ? 'ok' : 'warning', message: `${status}: ${why}` }),
      ),
      ...analyzerOffer(evidence.sources, account),
    ]
  } catch (error) {
    if (error instanceof AwsFailure) return [{ id: 'scan', status: 'failed', message: error.message }]
    throw error
  }
}
