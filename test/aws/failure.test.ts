import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { toAwsFailure } from '../../src/aws/failure.ts'
import { createLiveReader } from '../../src/aws/live-reader.ts'
import { createRoleWriter } from '../../src/aws/role-writer.ts'
import type { AwsFailureKind } from '../../src/ports/aws-failure.ts'
import { type Answer, htmlError, standIn, xmlError } from './support/stand-in.ts'

const html = (status: number): Answer => ({ ...htmlError, status })
const broken = (code: string) => (): never => {
  throw Object.assign(new Error(`connection: ${code}`), { code })
}

const answers: [what: string, answer: () => Answer, read: AwsFailureKind, write: AwsFailureKind, code: string][] = [
  ['AccessDenied', () => xmlError(403, 'AccessDenied', 'User: x is not authorized'), 'denied', 'denied', 'AccessDenied'],
  ['a proxy that forbids', () => html(403), 'denied', 'denied', ''],
  ['an expired token', () => xmlError(403, 'ExpiredToken'), 'credentials', 'credentials', 'ExpiredToken'],
  ['an unknown key', () => xmlError(403, 'InvalidClientTokenId'), 'credentials', 'credentials', 'InvalidClientTokenId'],
  ['a wrong secret', () => xmlError(403, 'SignatureDoesNotMatch'), 'credentials', 'credentials', 'SignatureDoesNotMatch'],
  ['a quota, which is no throttling', () => xmlError(409, 'LimitExceeded'), 'refused', 'refused', 'LimitExceeded'],
  ['a race', () => xmlError(409, 'ConcurrentModification'), 'refused', 'refused', 'ConcurrentModification'],
  ['a bad document', () => xmlError(400, 'MalformedPolicyDocument'), 'refused', 'refused', 'MalformedPolicyDocument'],
  ['a service role', () => xmlError(400, 'UnmodifiableEntity'), 'refused', 'refused', 'UnmodifiableEntity'],
  ['an unknown call', () => xmlError(400, 'InvalidAction'), 'refused', 'refused', 'InvalidAction'],
  ['a page that is not found', () => html(404), 'refused', 'refused', 'NotFound'],
  ['throttling', () => xmlError(400, 'Throttling', 'Rate exceeded'), 'throttled', 'throttled', 'Throttling'],
  ['too many requests', () => xmlError(429, 'TooManyRequests'), 'throttled', 'throttled', 'TooManyRequests'],
  ['an internal failure', () => xmlError(500, 'ServiceFailure'), 'unavailable', 'unknown-outcome', 'ServiceFailure'],
  ['an unavailable service', () => xmlError(503, 'ServiceUnavailable'), 'unavailable', 'unknown-outcome', 'ServiceUnavailable'],
  ['a page of another server', () => html(500), 'unavailable', 'unknown-outcome', ''],
  ['a bad gateway', () => html(502), 'unavailable', 'unknown-outcome', ''],
  ['a connection that breaks', broken('ECONNRESET'), 'unavailable', 'unknown-outcome', ''],
  ['a connection that times out', broken('ETIMEDOUT'), 'unavailable', 'unknown-outcome', ''],
  ['a connection that is refused, so that nothing was sent', broken('ECONNREFUSED'), 'unavailable', 'unavailable', ''],
  ['a name that is unknown, so that nothing was sent', broken('ENOTFOUND'), 'unavailable', 'unavailable', ''],
]

describe('a failure of AWS', () => {
  // The SDK's own retries of reads would only take time here.
  beforeEach(() => void vi.stubEnv('AWS_MAX_ATTEMPTS', '1'))
  afterEach(() => void vi.unstubAllEnvs())

  it.each(answers)('tells what kind it is: %s', async (_, answer, read, write, code) => {
    const { clients } = standIn(answer)
    await expect(createRoleWriter(clients).detachRolePolicy('web', 'arn:p')).rejects.toMatchObject({
      name: 'AwsFailure',
      kind: write,
      code,
      operation: 'DetachRolePolicy',
    })
    await expect(createLiveReader(clients).roleState('web')).rejects.toMatchObject({ kind: read, code, operation: 'GetRole' })
  })

  it('is a success that is no answer', async () => {
    const { clients } = standIn(() => html(200))
    await expect(createRoleWriter(clients).createPolicyVersion('arn:p', '{}')).rejects.toMatchObject({ kind: 'unknown-outcome', code: '' })
    await expect(createLiveReader(clients).roleState('web')).rejects.toMatchObject({ kind: 'unavailable', code: '' })
  })

  it('is said in one line', async () => {
    const { clients } = standIn(() => xmlError(403, 'AccessDenied', `User: arn:aws:iam::1:user/x\n is not\tauthorized${' so'.repeat(500)}`))
    const failure: unknown = await createRoleWriter(clients)
      .deletePolicy('arn:p')
      .catch((error: unknown) => error)
    const message = String(Object(failure).message)
    expect(message).toMatch(/^DeletePolicy: access denied \(User: arn:aws:iam::1:user\/x is not authorized so so .*…\)$/)
    expect(message.length).toBeLessThan(500)
  })

  it('says how to sign in', () => {
    const none = Object.assign(new Error('Could not load credentials from any providers'), { name: 'CredentialsProviderError' })
    const sso = Object.assign(new Error("To refresh this SSO session run 'aws sso login'"), { name: 'TokenProviderError' })
    expect(toAwsFailure(none, 'GetRole', 'read')).toMatchObject({
      kind: 'credentials',
      code: '',
      message: expect.stringContaining('AWS_PROFILE'),
    })
    expect(toAwsFailure(sso, 'GetRole', 'write')).toMatchObject({ kind: 'credentials', message: expect.stringContaining('aws sso login`') })
  })

  it('is cancelled when the user cancels', async () => {
    const stop = new AbortController()
    const { clients } = standIn((_, signal) => {
      stop.abort()
      throw Object.assign(new Error('aborted'), { name: signal?.aborted ? 'AbortError' : 'Error' })
    })
    await expect(createLiveReader(clients).roleState('web', stop.signal)).rejects.toMatchObject({ kind: 'cancelled' })
  })
})
