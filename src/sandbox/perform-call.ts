import type { AnalysisCache } from './access-analyzer/analysis.ts'
import type { AccountFile } from './account-file.ts'
import { authorise } from './authorisation/authorise.ts'
import { AwsError } from './aws-error.ts'
import type { CallContext } from './call-context.ts'
import { identifyCaller } from './callers/identify-caller.ts'
import { policyReader } from './callers/policy-reader.ts'
import { isRecorded, recordCall } from './cloudtrail/record-call.ts'
import { writtenDetails } from './iam/written-details.ts'
import { noteDenials, rolesUnder, settleRequests } from './life/adapt.ts'
import { type GrantReader, grantReader } from './observation/granted.ts'
import { newestUses } from './observation/newest-uses.ts'
import type { Service, ServiceCall } from './protocol/service.ts'
import type { SandboxResponse } from './request.ts'
import type { SignedScope } from './signed-scope.ts'
import type { Database } from './state/database.ts'
import { readMeta, writeMeta } from './state/meta.ts'

/** A request that was read: for which service, what it asks, who signed it. */
export type Reading = { readonly service: Service; readonly call: ServiceCall; readonly scope: SignedScope; readonly requestId: string }

/** Carries calls out, each in one transaction: who asks, whether they may, the call itself, and what follows from it. */
export type Performer = {
  /** `from` is where a read looks, when it is not the account itself. Throws `AwsError`. */
  perform(reading: Reading, from?: Database | null): SandboxResponse
  callerArn(scope: SignedScope): string
}

type Surroundings = { readonly file: AccountFile; readonly trailDelaySeconds: number; now(): Date }

const CREDENTIAL_ERRORS = new Set(['InvalidClientTokenId', 'ExpiredToken'])

export function createPerformer({ file, trailDelaySeconds, now }: Surroundings): Performer {
  const policies = policyReader()
  const analyses: AnalysisCache = new Map()
  const newest = newestUses()
  const written = writtenDetails()
  let reader: GrantReader | null = null

  function contextFor(scope: SignedScope, database: Database): CallContext {
    const place = { accountId: readMeta(database, 'account') ?? '', partition: readMeta(database, 'partition') ?? '', database }
    const time = `${now().toISOString().slice(0, 19)}Z`
    return {
      ...place,
      awsManaged: file.awsManaged,
      now: time,
      region: scope.region,
      caller: identifyCaller(scope, { ...place, now: time }),
      policies,
      trailDelaySeconds,
      analyses,
      newestUses: newest,
      writtenDetails: written,
      grants() {
        reader ??= grantReader(file.universe())
        return reader
      },
    }
  }

  function carryOut(reading: Reading, database: Database): SandboxResponse {
    const { call, scope, requestId, service } = reading
    const context = contextFor(scope, database)
    const requirement = service.requirement(call.operation, call.params, context)
    if (requirement !== null) authorise(requirement, context)
    const touched = call.effect === 'write' ? rolesUnder(requirement?.resource ?? '', context) : []
    settleRequests(touched, context)
    const response = call.run(context, requestId)
    noteDenials(touched, context)
    if (call.effect === 'write') noteWrite(context)
    if (isRecorded({ call, error: null })) recordCall({ ...reading, answer: String(response.body), error: null }, context)
    return response
  }

  /** A refused call left nothing behind but its event. */
  function recordRefusal(reading: Reading, error: AwsError): void {
    if (CREDENTIAL_ERRORS.has(error.code) || !isRecorded({ call: reading.call, error })) return
    const { database } = file
    database.transaction('write', () => recordCall({ ...reading, answer: null, error }, contextFor(reading.scope, database)))
  }

  return {
    perform(reading, from = null) {
      const isRead = reading.call.effect === 'read'
      const database = isRead && from !== null ? from : file.database
      try {
        return database.transaction(isRead ? 'read' : 'write', () => carryOut(reading, database))
      } catch (error) {
        if (error instanceof AwsError) recordRefusal(reading, error)
        throw error
      }
    },
    callerArn: (scope) => contextFor(scope, file.database).caller.arn,
  }
}

function noteWrite({ database, now }: CallContext): void {
  const newest = readMeta(database, 'newest_write')
  writeMeta(database, 'newest_write', newest !== null && newest > now ? newest : now)
  writeMeta(database, 'generation', String(Number(readMeta(database, 'generation') ?? '0') + 1))
}
