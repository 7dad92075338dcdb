import { randomUUID } from 'node:crypto'
import { type AccountFileOptions, openAccountFile } from './account-file.ts'
import { AwsError, ConnectionLost } from './aws-error.ts'
import { createCallLog, type LoggedCall } from './call-log.ts'
import { type FaultCall, type FaultHook, type FaultVerdict, faultError } from './faults.ts'
import { iamService } from './iam/operations.ts'
import { pause } from './pause.ts'
import { createPerformer, type Reading } from './perform-call.ts'
import type { SandboxRequest, SandboxResponse } from './request.ts'
import { type RequestHandler, requestHandlerFor } from './request-handler.ts'
import { serviceFor } from './services.ts'
import { type SignedScope, signedScope } from './signed-scope.ts'
import { staleReads } from './stale-reads.ts'
import { readMeta } from './state/meta.ts'

export type SandboxOptions = AccountFileOptions & {
  /** What goes wrong, call by call. */
  readonly faults?: FaultHook | undefined
  /** How late CloudTrail's event history shows a call, in seconds of the account's time. AWS takes about five minutes. */
  readonly trailDelaySeconds?: number | undefined
  /** Every answer takes so many milliseconds longer. */
  readonly latencyMs?: number | undefined
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
const PROXY_PAGE = { headers: { 'content-type': 'text/html' }, body: '<html><body><h1>Bad Gateway</h1></body></html>' }

export function openSandbox(options: SandboxOptions): Sandbox {
  const file = openAccountFile(options)
  const { database } = file
  const trailDelaySeconds = options.trailDelaySeconds ?? TRAIL_DELAY_SECONDS
  const performer = createPerformer({ file, trailDelaySeconds, now: () => options.now() })
  const stale = staleReads()
  const log = createCallLog()
  const counts = new Map<string, number>()

  function perform(reading: Reading): SandboxResponse {
    return onAccount(() => performer.perform(reading, stale.at(options.now().getTime())))
  }

  /** What a fault does before the call; an answer where it comes instead of the call. */
  async function meetFault(verdict: FaultVerdict, call: FaultCall, { scope, signal }: Meeting): Promise<SandboxResponse | null> {
    switch (verdict.kind) {
      case 'connection-reset':
        throw new ConnectionLost()
      case 'delay':
        await pause(verdict.ms, signal)
        return null
      case 'html-error':
        return { ...PROXY_PAGE, status: verdict.status ?? 502 }
      case 'html-ok':
        return { ...PROXY_PAGE, status: 200 }
      case 'stale-reads':
        stale.keep(database, options.now().getTime() + verdict.seconds * 1000)
        return null
      case 'edit':
        if (verdict.when !== 'after') otherAdministrator(verdict, scope)
        return null
      default: {
        const error = faultError(verdict, call, performer.callerArn(scope))
        if (error !== null) throw error
        return null
      }
    }
  }

  /** What a fault does to the answer of a call that was carried out. */
  function spoil(response: SandboxResponse, verdict: FaultVerdict | null, scope: SignedScope): SandboxResponse {
    if (verdict?.kind === 'response-lost') throw new ConnectionLost()
    if (verdict?.kind === 'edit' && verdict.when === 'after') otherAdministrator(verdict, scope)
    if (verdict?.kind === 'truncated-body') return { ...response, body: response.body.slice(0, response.body.length / 2) }
    return response
  }

  /** An IAM call of somebody else, noted in the log like any other. */
  function otherAdministrator({ operation, params }: Extract<FaultVerdict, { kind: 'edit' }>, scope: SignedScope): void {
    const body = new URLSearchParams({ ...params, Action: operation, Version: '2010-05-08' }).toString()
    const request = { method: 'POST', host: '', path: '/', query: {}, headers: {}, body }
    const seen = { at: options.now().toISOString(), service: 'iam', operation, params, accessKeyId: OTHER_KEY }
    try {
      const call = iamService.read(request)
      perform({ service: iamService, call, scope: { ...scope, accessKeyId: OTHER_KEY, sessionToken: null }, requestId: randomUUID() })
      log.note({ ...seen, outcome: 'ok' })
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      log.note({ ...seen, outcome: error.code })
    }
  }

  async function handle(request: SandboxRequest, signal?: AbortSignal): Promise<SandboxResponse> {
    signal?.throwIfAborted()
    const requestId = randomUUID()
    const scope = signedScope(request)
    const service = serviceFor(request, scope)
    let seen: Omit<FaultCall, 'n'> = { service: service.id, operation: `${request.method} ${request.path}`, params: {} }
    const note = (outcome: string): void =>
      log.note({ at: options.now().toISOString(), ...seen, accessKeyId: scope?.accessKeyId ?? null, outcome })
    try {
      if (options.latencyMs !== undefined && options.latencyMs > 0) await pause(options.latencyMs, signal)
      if (request.tooLarge === true) throw new AwsError('RequestEntityTooLarge', 413, 'The request is too large.')
      if (scope === null) throw new AwsError('MissingAuthenticationToken', 403, 'Request is missing Authentication Token')
      const call = service.read(request)
      seen = { service: service.id, operation: call.operation, params: call.params }
      const n = (counts.get(`${service.id} ${call.operation}`) ?? 0) + 1
      counts.set(`${service.id} ${call.operation}`, n)
      const verdict = options.faults?.({ ...seen, n }) ?? null
      const instead = verdict === null ? null : await meetFault(verdict, { ...seen, n }, { scope, signal })
      const response = instead ?? spoil(perform({ service, call, scope, requestId }), verdict, scope)
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
  function onAccount<T>(body: () => T): T {
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
      return onAccount(() => readMeta(database, 'epoch') ?? '')
    },
    get newestWrite() {
      return onAccount(() => readMeta(database, 'newest_write'))
    },
    close() {
      stale.drop()
      database.close()
    },
  }
}

type Meeting = { readonly scope: SignedScope; readonly signal: AbortSignal | undefined }

const OTHER_KEY = 'AKIAOTHERADMINISTRAT'
