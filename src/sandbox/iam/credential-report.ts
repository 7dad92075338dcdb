import { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import { daysBefore } from '../observation/role-observation.ts'
import type { QueryOperations } from '../protocol/query.ts'
import { element } from '../protocol/xml.ts'
import { type AsyncJob, findAsyncJob, pollAsyncJob, putAsyncJob } from '../state/async-job-table.ts'
import { accessKeysOf, loginProfileOf, mfaDevicesOf, type StoredAccessKey } from '../state/credential-table.ts'
import { readMeta } from '../state/meta.ts'
import { type StoredUser, usersAfter } from '../state/user-table.ts'
import { entityArn } from './shapes.ts'

const KIND = 'credential-report'
const ID = 'newest'
/** A report is good for four hours. */
const GOOD_DAYS = 4 / 24

/** The report on all users' credentials: one job for the account, as CSV. */
export const credentialReportOperations: QueryOperations = {
  GenerateCredentialReport: {
    effect: 'job',
    run(_params, context) {
      const job = freshJob(context)
      if (job === null) {
        putAsyncJob(context.database, { id: ID, kind: KIND, createdAt: context.now, polls: 0, content: {} })
        return element('State', 'STARTED') + element('Description', 'No report exists. Starting a new report generation task')
      }
      return element('State', pollAsyncJob(context.database, { ...job, polls: job.polls + 1 }) === 'done' ? 'COMPLETE' : 'INPROGRESS')
    },
  },

  GetCredentialReport: {
    effect: 'read',
    run(_params, context) {
      const job = findAsyncJob(context.database, KIND, ID)
      if (job === null) throw new AwsError('ReportNotPresent', 410, 'No credential report is present. Generate one first.')
      if (isOld(job, context)) throw new AwsError('ReportExpired', 410, 'The credential report is expired. Generate a new one.')
      if (job.polls === 0) throw new AwsError('ReportInProgress', 404, 'The credential report is still being generated.')
      const content = Buffer.from(reportAt(context), 'utf8').toString('base64')
      return element('Content', content) + element('ReportFormat', 'text/csv') + element('GeneratedTime', job.createdAt)
    },
  },
}

function freshJob(context: CallContext): AsyncJob | null {
  const job = findAsyncJob(context.database, KIND, ID)
  return job === null || isOld(job, context) ? null : job
}

function isOld({ createdAt }: AsyncJob, { now }: CallContext): boolean {
  return createdAt < daysBefore(now, GOOD_DAYS)
}

type Subject = { readonly user: StoredUser; readonly context: CallContext; readonly keys: readonly StoredAccessKey[] }

/** AWS's columns, in its order. */
const columns: readonly (readonly [name: string, value: (subject: Subject) => string])[] = [
  ['user', ({ user }) => user.name],
  ['arn', ({ user, context }) => entityArn(context, 'user', user.path, user.name)],
  ['user_creation_time', ({ user }) => instantOf(user.createDate)],
  ['password_enabled', (subject) => String(hasPassword(subject))],
  ['password_last_used', (subject) => (hasPassword(subject) ? instantOf(subject.user.passwordLastUsed, 'no_information') : 'N/A')],
  ['password_last_changed', ({ user, context }) => instantOf(loginProfileOf(context.database, user.id)?.createDate ?? null)],
  ['password_next_rotation', () => 'N/A'],
  ['mfa_active', ({ user, context }) => String(mfaDevicesOf(context.database, user.id).length > 0)],
  ...[0, 1].flatMap(keyColumns),
  ['cert_1_active', () => 'false'],
  ['cert_1_last_rotated', () => 'N/A'],
  ['cert_2_active', () => 'false'],
  ['cert_2_last_rotated', () => 'N/A'],
]

function keyColumns(place: number): typeof columns {
  const name = `access_key_${place + 1}`
  const of = (read: (key: StoredAccessKey) => string | null, without = 'N/A') => {
    return ({ keys }: Subject): string => (keys[place] === undefined ? without : (read(keys[place]) ?? 'N/A'))
  }
  return [
    [`${name}_active`, of(({ status }) => String(status === 'Active'), 'false')],
    [`${name}_last_rotated`, of((key) => instantOf(key.createDate))],
    [`${name}_last_used_date`, of((key) => instantOf(key.lastUsed))],
    [`${name}_last_used_region`, of((key) => key.lastRegion)],
    [`${name}_last_used_service`, of((key) => key.lastService)],
  ]
}

function reportAt(context: CallContext): string {
  const users = usersAfter(context.database, { after: '', limit: -1 })
  const rows = users.map((user) => {
    const subject = { user, context, keys: accessKeysOf(context.database, user.id) }
    return columns.map(([, value]) => value(subject)).join(',')
  })
  return [columns.map(([name]) => name).join(','), rootRow(context), ...rows].join('\n')
}

/** The account itself: a password, a second factor and nothing else. */
function rootRow(context: CallContext): string {
  const known: Readonly<Record<string, string>> = {
    user: '<root_account>',
    arn: `arn:${context.partition}:iam::${context.accountId}:root`,
    user_creation_time: instantOf(daysBefore(readMeta(context.database, 'epoch') ?? context.now, 2_000)),
    password_enabled: 'not_supported',
    password_last_used: 'no_information',
    password_last_changed: 'not_supported',
    password_next_rotation: 'not_supported',
    mfa_active: 'true',
  }
  return columns.map(([name]) => known[name] ?? (name.endsWith('_active') ? 'false' : 'N/A')).join(',')
}

function hasPassword({ user, context }: Subject): boolean {
  return loginProfileOf(context.database, user.id) !== null
}

function instantOf(iso: string | null, absent = 'N/A'): string {
  return iso === null ? absent : iso.replace('Z', '+00:00')
}
