import type { Account } from '../account/account.ts'
import {
  type AccountObservations,
  type AnalyzerSetting,
  type ExternalAccess,
  notObserved,
  type Observed,
  type RoleCalls,
  type UnusedCredential,
  type UserCredentials,
} from '../evidence/account-observations.ts'
import type { ObservationReader } from '../ports/observations.ts'
import { countText } from './count-text.ts'
import { loadUsageFile } from './offline-usage.ts'
import { roleOf } from './parse-cloudtrail.ts'
import { parseCredentialReport } from './parse-credential-report.ts'
import { parseExternalAccess } from './parse-external-access.ts'
import { parseUnusedCredential } from './parse-unused-credential.ts'
import { analyzerOf, type UsageFile } from './parse-usage.ts'

/** What the usage file says of the account; without one everything is missing. */
export function offlineObservations(file: string | null): ObservationReader {
  return {
    async readObservations(account) {
      return file === null ? nothing('no --usage-file was given') : observationsOf(await loadUsageFile(file), account)
    },
  }
}

const nothing = (why: string): AccountObservations => ({
  credentials: notObserved(why, []),
  unusedCredentials: notObserved(why, []),
  externalAccess: notObserved(why, []),
  calls: notObserved(why, []),
  analyzers: notObserved(why, []),
  trails: notObserved(why, []),
})

export function observationsOf(usage: UsageFile, account: Account): AccountObservations {
  return {
    credentials: credentialsOf(usage),
    unusedCredentials: unusedCredentialsOf(usage, account),
    externalAccess: externalAccessOf(usage),
    calls: callsOf(usage, account),
    analyzers: analyzersOf(usage),
    trails: notObserved('a usage file holds no trails', []),
  }
}

const absent = (key: keyof UsageFile): string => `the usage file has no ${key}`

function credentialsOf({ credentialReport, observedUntil }: UsageFile): Observed<readonly UserCredentials[]> {
  if (credentialReport === undefined || credentialReport === null) return notObserved(absent('credentialReport'), [])
  const users = parseCredentialReport(csvOf(credentialReport))
  if (users === null) return notObserved('credentialReport is no CSV of a credential report', [])
  return { status: 'connected', why: `${users.length} rows, root among them`, observedUntil, value: users }
}

/** The CSV, or what `aws iam get-credential-report` prints: an object that holds it in Base64. */
function csvOf(source: unknown): string {
  if (typeof source === 'string') return source
  const content: unknown = Object(source).Content
  return typeof content === 'string' ? Buffer.from(content, 'base64').toString('utf8') : ''
}

/** As on roles, the finding's age is that of the shortest analyzer, and it is as fresh as the file says. */
function unusedCredentialsOf(usage: UsageFile, { users }: Account): Observed<readonly UnusedCredential[]> {
  const { accessAnalyzerFindings, observedUntil } = usage
  const names = new Map(users.flatMap(({ arn, userName }) => [[arn, userName] as const, [userName, userName] as const]))
  const pages = Map.groupBy(accessAnalyzerFindings ?? [], (page) => page.id || page)
  const value = [...pages.values()].flatMap((one) => {
    const found = parseUnusedCredential(one, true, analyzerOf(usage))
    const userName = names.get(found?.userArn ?? '')
    return found === null || userName === undefined ? [] : { ...found, userName, analyzedAt: observedUntil ?? found.analyzedAt }
  })
  if (value.length === 0) return notObserved('the usage file has no finding on unused passwords or access keys', [])
  return { status: 'connected', why: `${countText(value.length, 'finding')} from the usage file`, observedUntil, value }
}

/** A finding that was saved page by page comes under one id. */
function externalAccessOf({ accessAnalyzerFindings, observedUntil }: UsageFile): Observed<readonly ExternalAccess[]> {
  const pages = Map.groupBy(accessAnalyzerFindings ?? [], (page) => page.id || page)
  const value = [...pages.values()].flatMap((one) => parseExternalAccess(one, true) ?? [])
  if (value.length === 0) return notObserved('the usage file has no finding on external access', [])
  return { status: 'connected', why: `${countText(value.length, 'finding')} from the usage file`, observedUntil, value }
}

/** Saved events are a sample: they tell who was active, not who was not. */
function callsOf({ cloudTrailEvents, observedUntil }: UsageFile, account: Account): Observed<readonly RoleCalls[]> {
  if (!cloudTrailEvents) return notObserved(absent('cloudTrailEvents'), [])
  const arns = new Set(account.roles.map(({ arn }) => arn))
  const byRole = Map.groupBy(cloudTrailEvents, (event) => roleOf(event))
  const value = [...byRole].flatMap(([roleArn, events]) =>
    roleArn !== null && arns.has(roleArn) ? { roleArn, calls: events.length, uses: [] } : [],
  )
  return { status: 'partial', why: `${cloudTrailEvents.length} saved events`, observedUntil, value }
}

function analyzersOf({ analyzers, observedUntil }: UsageFile): Observed<readonly AnalyzerSetting[]> {
  if (!analyzers) return notObserved(absent('analyzers'), [])
  const value = analyzers
    .map((answer) => answer.analyzer ?? answer)
    .map(
      ({ arn, type, configuration }): AnalyzerSetting => ({
        arn: arn ?? '',
        name: arn?.split('/').at(-1) ?? '',
        region: arn?.split(':')[3] ?? '',
        watches: type?.endsWith('_UNUSED_ACCESS')
          ? 'unused-access'
          : type?.endsWith('_INTERNAL_ACCESS')
            ? 'internal-access'
            : 'external-access',
        isActive: true,
        isOrganization: type?.startsWith('ORGANIZATION') === true,
        unusedAccessAge: configuration?.unusedAccess?.unusedAccessAge ?? null,
      }),
    )
  return { status: 'connected', why: `${countText(value.length, 'analyzer')} from the usage file`, observedUntil, value }
}
