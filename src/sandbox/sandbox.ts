import { randomUUID } from 'node:crypto'
import type { AnalysisCache } from './access-analyzer/analysis.ts'
import { type AccountFileOptions, openAccountFile } from './account-file.ts'
import { AwsError, ConnectionLost } from './aws-error.ts'
import type { CallContext, CallerIdentity } from './call-context.ts'
import { createCallLog, type LoggedCall } from './call-log.ts'
import { type FaultCall, type FaultHook, type FaultVerdict, faultError } from './faults.ts'
import { type GrantReader, grantReader } from './observation/granted.ts'
import { pause } from './pause.ts'
import type { Service, ServiceCall } from './protocol/service.ts'
import type { SandboxRequest, SandboxResponse } from './request.ts'
import { type RequestHandler, requestHandlerFor } from './request-handler.ts'
import { type SignedScope, serviceFor, signedScope } from './services.ts'
import { entityId } from './state/ids.ts'
import { readMeta, writeMeta } from './state/meta.ts'
import { findUser } from './state/user-table.ts'

export type SandboxOptions = AccountFileOptions & {
  /** What goes wrong, call by call. */
  readonly faults?: FaultHook | undefined
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

const CALLER_NAME = 'demo-admin'

export function openSandbox(options: SandboxOptions): Sandbox {
  const file = openAccountFile(options)
  const { database } = file
  const log = createCallLog()
  const counts = new Map<string, number>()
  const analyses: AnalysisCache = new Map()
  let reader: GrantReader | null = null

  const iamTime = (): string => `${options.now().toISOString().slice(0, 19)}Z`
  const meta = (key: 'account' | 'partition' | 'epoch'): string => readMeta(database, key) ?? ''

  function contextFor(scope: SignedScope | null): CallContext {
    const account = { accountId: meta('account'), partition: meta('partition') }
    return {
      ...account,
      database,
      awsManaged: file.awsManaged,
      now: iamTime(),
      region: scope?.region ?? 'us-east-1',
      caller: callerOf(account),
      analyses,
      grants() {
        reader ??= grantReader(file.universe())
        return reader
      },
    }
  }

  /** Any access key is the demo's administrator. */
  function callerOf({ accountId, partition }: { accountId: string; partition: string }): CallerIdentity {
    const userId = findUser(database, CALLER_NAME)?.id ?? entityId('AIDA', `${accountId}/${CALLER_NAME}`)
    return { arn: `arn:${partition}:iam::${accountId}:user/${CALLER_NAME}`, userId }
  }

  function perform(call: ServiceCall, scope: SignedScope | null, requestId: string): SandboxResponse {
    return database.transaction(call.effect === 'read' ? 'read' : 'write', () => {
      const context = contextFor(scope)
      const response = call.run(context, requestId)
      if (call.effect === 'write') noteWrite(context.now)
      return response
    })
  }

  function noteWrite(now: string): void {
    const newest = readMeta(database, 'newest_write')
    writeMeta(database, 'newest_write', newest !== null && newest > now ? newest : now)
    writeMeta(database, 'generation', String(Number(readMeta(database, 'generation') ?? '0') + 1))
  }

  async function meetFault(verdict: FaultVerdict, call: FaultCall, signal: AbortSignal | undefined): Promise<SandboxResponse | null> {
    if (verdict.kind === 'connection-reset') throw new ConnectionLost()
    if (verdict.kind === 'delay') await pause(verdict.ms, signal)
    if (verdict.kind === 'html-error')
      return {
        status: verdict.status ?? 502,
        headers: { 'content-type': 'text/html' },
        body: '<html><body><h1>Bad Gateway</h1></body></html>',
      }
    const error = faultError(verdict, call, callerOf({ accountId: meta('account'), partition: meta('partition') }).arn)
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
      const call = readCall(service, request, scope)
      seen = { service: service.id, operation: call.operation, params: call.params }
      const n = (counts.get(`${service.id} ${call.operation}`) ?? 0) + 1
      counts.set(`${service.id} ${call.operation}`, n)
      const faultCall = { ...seen, n }
      const verdict = options.faults?.(faultCall) ?? null
      const instead = verdict === null ? null : await meetFault(verdict, faultCall, signal)
      const response = instead ?? performOnAccount(() => perform(call, scope, requestId))
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

function readCall(service: Service, request: SandboxRequest, scope: SignedScope | null): ServiceCall {
  if (scope === null) throw new AwsError('MissingAuthenticationToken', 403, 'Request is missing Authentication Token')
  return service.read(request)
}
