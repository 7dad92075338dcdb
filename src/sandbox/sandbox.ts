import { randomUUID } from 'node:crypto'
import type { AnalysisCache } from './access-analyzer/analysis.ts'
import { type AccountFileOptions, openAccountFile } from './account-file.ts'
import { authorise } from './authorisation/authorise.ts'
import { AwsError, ConnectionLost } from './aws-error.ts'
import type { CallContext } from './call-context.ts'
import { createCallLog, type LoggedCall } from './call-log.ts'
import { identifyCaller } from './callers/identify-caller.ts'
import { policyReader } from './callers/policy-reader.ts'
import { isRecorded, recordCall } from './cloudtrail/record-call.ts'
import { type FaultCall, type FaultHook, type FaultVerdict, faultError } from './faults.ts'
import { noteDenials, rolesUnder, settleRequests } from './life/adapt.ts'
import { type GrantReader, grantReader } from './observation/granted.ts'
import { pause } from './pause.ts'
import type { Service, ServiceCall } from './protocol/service.ts'
import type { SandboxRequest, SandboxResponse } from './request.ts'
import { type RequestHandler, requestHandlerFor } from './request-handler.ts'
import { type SignedScope, serviceFor, signedScope } from './services.ts'
import { readMeta, writeMeta } from './state/meta.ts'

export type SandboxOptions = AccountFileOptions & {
  /** What goes wrong, call by call. */
  readonly faults?: FaultHook | undefined
  /** How late CloudTrail's event history shows a call, in seconds of the account's time. AWS takes about five minutes. */
  readonly trailDelaySeconds?: number | undefined
}

/** An embedded AWS account that answers requests of the real protocols. */
export type Sandbox = {
  /** Rejects with `ConnectionLost` where a fault ends the connection, and with `AbortError` when the signal aborts. */
  handle(request: SandboxRequest, signal?: AbortSignal): Promise<SandboxResponse>
  /** For AWS SDK v3 clients. */
  readonly requestHandler: RequestHandler
  /** The newest calls of this process, oldest first. */
  readonly callLog: readonly LoggedCall[]
  /** ISO, fixed when the account was made. */
  readonly epoch: string
  /** ISO of the newest change to the account; null before the first. */
  readonly newestWrite: string | null
  close(): void
}

const TRAIL_DELAY_SECONDS = 300

/** A request that was read, and who it is for. */
type Reading = { readonly service: Service; readonly call: ServiceCall; readonly scope: SignedScope; readonly requestId: string }

export function openSandbox(options: SandboxOptions): Sandbox {
  const file = openAccountFile(options)
  const { database } = file
  const log = createCallLog()
  const counts = new Map<string, number>()
  const analyses: AnalysisCache = new Map()
  const policies = policyReader()
  let reader: GrantReader | null = null

  const iamTime = (): string => `${options.now().toISOString().slice(0, 19)}Z`
  const meta = (key: 'account' | 'partition' | 'epoch'): string => readMeta(database, key) ?? ''

  function contextFor(scope: SignedScope): CallContext {
    const account = { accountId: meta('account'), partition: meta('partition') }
    const now = iamTime()
    return {
      ...account,
      database,
      awsManaged: file.awsManaged,
      now,
      region: scope.region,
      caller: identifyCaller(scope, { ...account, database, now }),
      policies,
      trailDelaySeconds: options.trailDelaySeconds ?? TRAIL_DELAY_SECONDS,
      analyses,
      grants() {
        reader ??= grantReader(file.universe())
        return reader
      },
    }
  }

  function perform(reading: Reading): SandboxResponse {
    const { call, scope, requestId, service } = reading
    try {
      return database.transaction(call.effect === 'read' ? 'read' : 'write', () => {
        const context = contextFor(scope)
        const requirement = service.requirement(call.operation, call.params, context)
        if (requirement !== null) authorise(requirement, context)
        const touched = call.effect === 'write' ? rolesUnder(requirement?.resource ?? '', context) : []
        settleRequests(touched, context)
        const response = call.run(context, requestId)
        noteDenials(touched, context)
        if (call.effect === 'write') noteWrite(context.now)
        if (isRecorded({ call, error: null })) recordCall({ ...reading, answer: response.body, error: null }, context)
        return response
      })
    } catch (error) {
      if (error instanceof AwsError) recordRefusal(reading, error)
      throw error
    }
  }

  /** A refused call left nothing behind but its event. */
  function recordRefusal(reading: Reading, error: AwsError): void {
    if (CREDENTIAL_ERRORS.has(error.code) || !isRecorded({ call: reading.call, error })) return
    database.transaction('write', () => recordCall({ ...reading, answer: null, error }, contextFor(reading.scope)))
  }

  function noteWrite(now: string): void {
    const newest = readMeta(database, 'newest_write')
    writeMeta(database, 'newest_write', newest !== null && newest > now ? newest : now)
    writeMeta(database, 'generation', String(Number(readMeta(database, 'generation') ?? '0') + 1))
  }

  async function meetFault(
    verdict: FaultVerdict,
    call: FaultCall,
    { scope, signal }: { scope: SignedScope; signal: AbortSignal | undefined },
  ): Promise<SandboxResponse | null> {
    if (verdict.kind === 'connection-reset') throw new ConnectionLost()
    if (verdict.kind === 'delay') await pause(verdict.ms, signal)
    if (verdict.kind === 'html-error')
      return {
        status: verdict.status ?? 502,
        headers: { 'content-type': 'text/html' },
        body: '<html><body><h1>Bad Gateway</h1></body></html>',
      }
    const error = faultError(verdict, call, contextFor(scope).caller.arn)
    if (error !== null) throw error
    return null
  }

  async function handle(request: SandboxRequest, signal?: AbortSignal): Promise<SandboxResponse> {
    signal?.throwIfAborted()
    const requestId = randomUUID()
    const scope = signedScope(request)
    const service = serviceFor(request, scope)
    let seen: Omit<FaultCall, 'n'> = { service: service.id, operation: `${request.method} ${request.path}`, params: {} }
    const note = (outcome: string): void => log.note({ at: options.now().toISOString(), ...seen, outcome })
    try {
      if (scope === null) throw new AwsError('MissingAuthenticationToken', 403, 'Request is missing Authentication Token')
      const call = service.read(request)
      seen = { service: service.id, operation: call.operation, params: call.params }
      const n = (counts.get(`${service.id} ${call.operation}`) ?? 0) + 1
      counts.set(`${service.id} ${call.operation}`, n)
      const faultCall = { ...seen, n }
      const verdict = options.faults?.(faultCall) ?? null
      const instead = verdict === null ? null : await meetFault(verdict, faultCall, { scope, signal })
      const response = instead ?? performOnAccount(() => perform({ service, call, scope, requestId }))
      if (verdict?.kind === 'response-lost') throw new ConnectionLost()
      note(instead === null ? 'ok' : String(instead.status))
      return response
    } catch (error) {
      if (error instanceof AwsError) {
        note(error.code)
        return service.refuse(error, requestId)
      }
      note(error instanceof Error ? error.name : 'error')
      throw error
    }
  }

  /** Another process may have emptied the file (`demo reset`): then this one makes the account anew and goes on. */
  function performOnAccount<T>(body: () => T): T {
    try {
      return body()
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('no such table'))) throw error
      file.ensureAccount()
      return body()
    }
  }

  return {
    handle,
    requestHandler: requestHandlerFor(handle),
    callLog: log.calls,
    get epoch() {
      return performOnAccount(() => meta('epoch'))
    },
    get newestWrite() {
      return performOnAccount(() => readMeta(database, 'newest_write'))
    },
    close: () => database.close(),
  }
}

const CREDENTIAL_ERRORS = new Set(['InvalidClientTokenId', 'ExpiredToken', 'MissingAuthenticationToken'])
