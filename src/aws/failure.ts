import { AwsFailure, type AwsFailureKind } from '../ports/aws-failure.ts'

/** What a call wants: an unanswered read can be repeated, an unanswered write may have been carried out. */
export type CallKind = 'read' | 'write'

/** Runs one SDK call; whatever it throws leaves as an `AwsFailure`. */
export async function callAws<Answer>(operation: string, kind: CallKind, run: () => Promise<Answer>): Promise<Answer> {
  try {
    return await run()
  } catch (error) {
    throw toAwsFailure(error, operation, kind)
  }
}

/** Absent things are null to the readers, not failures. */
export async function callAwsOrNull<Answer>(operation: string, run: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await callAws(operation, 'read', run)
  } catch (error) {
    if (error instanceof AwsFailure && error.code === 'NoSuchEntity') return null
    throw error
  }
}

export function toAwsFailure(error: unknown, operation: string, kind: CallKind): AwsFailure {
  if (error instanceof AwsFailure) return error
  const facts = factsOf(error)
  const failureKind = classify(facts, kind)
  return new AwsFailure({
    kind: failureKind,
    code: facts.status === null ? '' : facts.code,
    operation,
    message: `${operation}: ${describe[failureKind](facts)}`,
    cause: error,
  })
}

type Facts = {
  readonly name: string
  /** AWS's code; empty where the answer has none. */
  readonly code: string
  readonly message: string
  /** Null where there was no answer. */
  readonly status: number | null
  readonly errno: string
}

const credentialNames = new Set(['CredentialsProviderError', 'ProviderError', 'TokenProviderError'])
const credentialCodes = new Set([
  'ExpiredToken',
  'TokenRefreshRequired',
  'RequestExpired',
  'InvalidClientTokenId',
  'UnrecognizedClient',
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'InvalidSignature',
  'IncompleteSignature',
  'MissingAuthenticationToken',
  'AuthFailure',
])
const deniedCodes = new Set(['AccessDenied', 'UnauthorizedOperation', 'NotAuthorized'])
/** `LimitExceeded` is not among them: in IAM it is a quota, although the SDK takes it for throttling. */
const throttledCodes = new Set([
  'Throttling',
  'Throttled',
  'ThrottledException',
  'TooManyRequests',
  'RequestLimitExceeded',
  'RequestThrottled',
  'SlowDown',
])
/** No connection was made, so nothing was sent. */
const unsentErrnos = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

function classify(facts: Facts, kind: CallKind): AwsFailureKind {
  if (facts.name === 'AbortError') return 'cancelled'
  if (credentialNames.has(facts.name) || credentialCodes.has(facts.code)) return 'credentials'
  if (throttledCodes.has(facts.code) || facts.status === 429) return 'throttled'
  if (deniedCodes.has(facts.code)) return 'denied'
  if (facts.status === 403 && facts.code === '') return 'denied'
  if (facts.status !== null && facts.status >= 400 && facts.status < 500 && facts.status !== 408) return 'refused'
  // 5xx, no answer, or an answer that is no answer of AWS.
  return kind === 'read' || unsentErrnos.has(facts.errno) ? 'unavailable' : 'unknown-outcome'
}

const describe: Record<AwsFailureKind, (facts: Facts) => string> = {
  credentials: (facts) => `no valid credentials (${facts.message}); ${hintOf(facts)}`,
  denied: (facts) => `access denied (${facts.message})`,
  throttled: (facts) => `AWS asks to slow down (${facts.message})`,
  unavailable: (facts) => `no proper answer (${reasonOf(facts)})`,
  'unknown-outcome': (facts) => `no proper answer, so the call may have been carried out (${reasonOf(facts)})`,
  refused: (facts) => `${facts.code === '' ? `HTTP ${facts.status}` : facts.code}: ${facts.message}`,
  cancelled: () => 'cancelled',
}

const reasonOf = (facts: Facts): string =>
  [facts.status === null ? facts.errno : `HTTP ${facts.status}`, facts.message].filter((part) => part !== '').join(': ')

function hintOf(facts: Facts): string {
  if (/sso/i.test(facts.message)) return 'run `aws sso login`'
  if (facts.code === 'RequestExpired' || facts.code.includes('Signature')) return 'check the secret key and the clock of this machine'
  if (facts.code === 'ExpiredToken') return 'sign in again'
  return 'set AWS_PROFILE or --profile, or sign in with the AWS CLI'
}

function factsOf(error: unknown): Facts {
  const record = recordOf(error)
  const metadata = recordOf(record.$metadata)
  const response = recordOf(record.$response)
  const status = numberOf(metadata.httpStatusCode) ?? numberOf(response.statusCode)
  const name = textOf(record.name)
  const message = oneLine(textOf(record.message))
  // There is an answer, but the SDK cannot read it: the page of a proxy or of another server.
  const isForeign = message.includes('Deserialization error')
  return {
    name,
    code: hasWireCode(name) && !isForeign ? name.replace(/Exception$/, '') : '',
    message: isForeign ? 'not an answer of AWS' : message,
    status,
    errno: textOf(record.code) || textOf(recordOf(record.cause).code),
  }
}

/** The names of JavaScript's own errors, of an answer without a code and of one that is no XML say nothing. */
const hasWireCode = (name: string): boolean =>
  !['', 'Error', 'UnknownError', 'Unknown', 'SyntaxError', 'TypeError', 'TimeoutError'].includes(name)

const recordOf = (value: unknown): Readonly<Record<string, unknown>> => Object(value)
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null)

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 400 ? `${line.slice(0, 399)}…` : line
}
