import { describe, expect, it } from 'vitest'
import { createAccountReader } from '../../src/aws/account-reader.ts'
import { type Call, standIn, xml, xmlError } from './support/stand-in.ts'

const arn = (rest: string): string => `arn:aws:iam::111122223333:${rest}`
const text = '{"Version":"2012-10-17", "Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"a+b&<c>"}]}'

const pages: Record<string, object> = {
  '': {
    IsTruncated: true,
    Marker: 'two',
    RoleDetailList: [
      {
        RoleName: 'web',
        RoleId: 'AROAWEB',
        Arn: arn('role/web'),
        Path: '/',
        CreateDate: new Date('2024-01-02T03:04:05Z'),
        AssumeRolePolicyDocument: encodeURIComponent(text),
        RolePolicyList: [{ PolicyName: 'own', PolicyDocument: encodeURIComponent(text) }],
        AttachedManagedPolicies: [{ PolicyName: 'P', PolicyArn: arn('policy/P') }],
        RoleLastUsed: {},
      },
    ],
  },
  two: { IsTruncated: true, Marker: 'three' },
  three: {
    IsTruncated: false,
    Policies: [
      {
        PolicyName: 'P',
        Arn: arn('policy/P'),
        DefaultVersionId: 'v1',
        PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: encodeURIComponent(text) }],
      },
    ],
  },
}
const byMarker = (call: Call) => xml(call, pages[call.params.Marker ?? ''] ?? {})

describe('the live account', () => {
  it('is read to the last page, with documents decoded and policies resolved', async () => {
    const { clients, calls } = standIn(byMarker)
    const steps: number[] = []
    const account = await createAccountReader(clients).readAccount({ onProgress: (step) => steps.push(step.done) })
    expect(calls.map((call) => call.params.Marker)).toEqual([undefined, 'two', 'three'])
    expect(steps).toEqual([0, 1, 1, 2])
    expect(account).toMatchObject({ accountId: '111122223333', partition: 'aws', problems: [] })
    expect(account.roles[0]).toMatchObject({
      createDate: '2024-01-02T03:04:05.000Z',
      trust: text,
      inline: [{ name: 'own', text }],
      lastUsed: null,
    })
    expect(account.policies.get(arn('policy/P'))?.versions[0]?.text).toBe(text)
  })

  it('may be empty', async () => {
    const { clients } = standIn((call) => xml(call, { IsTruncated: false }))
    await expect(createAccountReader(clients).readAccount()).resolves.toMatchObject({ accountId: null, roles: [] })
  })

  it.each([
    ['a page marker came twice', { IsTruncated: true, Marker: 'again' }],
    ['a page is cut off without a marker', { IsTruncated: true }],
  ])('is a failure, neither endless nor incomplete, when %s', async (what, page) => {
    const { clients } = standIn((call) => xml(call, page))
    await expect(createAccountReader(clients).readAccount()).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining(what),
    })
  })

  it('is a failure, not empty, when the answer is the page of a proxy', async () => {
    const { clients } = standIn(() => ({ text: '<html><body>Welcome</body></html>' }))
    await expect(createAccountReader(clients).readAccount()).rejects.toMatchObject({ kind: 'unavailable' })
  })

  it('is a failure when it may not be read', async () => {
    const { clients } = standIn(() => xmlError(403, 'AccessDenied', 'not you'))
    await expect(createAccountReader(clients).readAccount()).rejects.toMatchObject({
      kind: 'denied',
      message: 'GetAccountAuthorizationDetails: access denied (not you)',
    })
  })

  it('is no longer read once it is cancelled', async () => {
    const stop = new AbortController()
    const { clients, calls } = standIn((call, signal) => {
      expect(signal).toBe(stop.signal)
      return byMarker(call)
    })
    const reading = createAccountReader(clients).readAccount({ signal: stop.signal, onProgress: ({ done }) => done > 0 && stop.abort() })
    await expect(reading).rejects.toMatchObject({ kind: 'cancelled' })
    expect(calls).toHaveLength(1)
  })
})
