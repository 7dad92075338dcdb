import {
  AttachRolePolicyCommand,
  GetAccountAuthorizationDetailsCommand,
  type GetAccountAuthorizationDetailsResponse,
  TagRoleCommand,
} from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import { allowText, awsPolicy, oneRole, sandboxClients } from './sandbox-clients.ts'

const count = (n: number, name: string) => Array.from({ length: n }, (_, k) => ({ name: `${name}-${k}` }))

const account = {
  users: count(3, 'user'),
  groups: count(2, 'group'),
  roles: [...count(4, 'role'), { name: 'bounded', attached: ['AmazonS3ReadOnlyAccess'], boundary: 'ReadOnlyAccess' }],
  policies: count(3, 'policy').map(({ name }) => ({ name, versions: [allowText('s3:GetObject')] })),
}

type Page = GetAccountAuthorizationDetailsResponse

const sizes = (page: Page) =>
  [page.UserDetailList, page.RoleDetailList, page.GroupDetailList, page.Policies].map((list) => list?.length ?? 0)

async function pages(input: { MaxItems: number; Filter?: ('Role' | 'AWSManagedPolicy')[] }) {
  const { iam } = sandboxClients({ fixture: account })
  const read: Page[] = []
  let marker: string | undefined
  do {
    const page: Page = await iam.send(
      new GetAccountAuthorizationDetailsCommand({ ...input, ...(marker === undefined ? {} : { Marker: marker }) }),
    )
    read.push(page)
    marker = page.Marker
    expect(page.IsTruncated).toBe(marker !== undefined)
  } while (marker !== undefined)
  return read
}

test('one budget is shared by users, roles, groups and policies, so early pages hold no policy', async () => {
  expect((await pages({ MaxItems: 6 })).map(sizes)).toEqual([
    [3, 3, 0, 0],
    [0, 2, 2, 2],
    [0, 0, 0, 3],
  ])
})

test.each([1, 2, 3, 5, 8, 100])('pages of %i items tell everything once', async (MaxItems) => {
  const read = await pages({ MaxItems })
  const names = read.flatMap((page) => [
    ...(page.UserDetailList ?? []).map(({ UserName }) => UserName),
    ...(page.RoleDetailList ?? []).map(({ RoleName }) => RoleName),
    ...(page.GroupDetailList ?? []).map(({ GroupName }) => GroupName),
    ...(page.Policies ?? []).map(({ PolicyName }) => PolicyName),
  ])
  expect(names).toHaveLength(15)
  expect(new Set(names).size).toBe(15)
})

test('AWS managed policies appear only when attached or used as a boundary', async () => {
  const [page] = await pages({ MaxItems: 100, Filter: ['AWSManagedPolicy'] })
  expect(
    page?.Policies?.map(({ Arn, AttachmentCount, PermissionsBoundaryUsageCount }) => [Arn, AttachmentCount, PermissionsBoundaryUsageCount]),
  ).toEqual([
    [awsPolicy('AmazonS3ReadOnlyAccess'), 1, 0],
    [awsPolicy('ReadOnlyAccess'), 0, 1],
  ])
  expect(sizes(page ?? {})).toEqual([0, 0, 0, 2])
})

test('a marker fits only the filter it was given for', async () => {
  const { iam } = sandboxClients({ fixture: account })
  const { Marker } = await iam.send(new GetAccountAuthorizationDetailsCommand({ MaxItems: 1, Filter: ['Role'] }))
  const other = new GetAccountAuthorizationDetailsCommand({ MaxItems: 1, Filter: ['User'], Marker })
  await expect(iam.send(other)).rejects.toMatchObject({ name: 'ValidationError', message: 'Invalid Marker.' })
})

test('documents come percent-encoded and decode to the very text that was stored', async () => {
  const text =
    '{ "Version": "2012-10-17",\n\t"Statement": [ {"Effect":"Allow","Action":"s3:*","Resource":["arn:aws:s3:::a b+c/*(é\u009b)!\'"]} ] }'
  const { iam } = sandboxClients({ fixture: { roles: [{ name: 'app', inline: { p: text } }] } })
  const { RoleDetailList } = await iam.send(new GetAccountAuthorizationDetailsCommand({}))
  const encoded = RoleDetailList?.[0]?.RolePolicyList?.[0]?.PolicyDocument ?? ''
  expect(encoded).toMatch(/^[A-Za-z0-9%._~-]+$/)
  expect(decodeURIComponent(encoded)).toBe(text)
})

test('what the real answer leaves out is left out: description and session length', async () => {
  const { iam } = sandboxClients({ fixture: { roles: [{ name: 'app', description: 'x', instanceProfile: 'app' }] } })
  const { RoleDetailList } = await iam.send(new GetAccountAuthorizationDetailsCommand({}))
  expect(RoleDetailList?.[0]).not.toHaveProperty('Description')
  expect(RoleDetailList?.[0]).not.toHaveProperty('MaxSessionDuration')
  expect(RoleDetailList?.[0]?.InstanceProfileList?.[0]?.InstanceProfileName).toBe('app')
  expect(RoleDetailList?.[0]?.RoleLastUsed).toEqual({})
})

test('what was told once is told anew after a change, and the time of the last use after the next call', async () => {
  const hourly = { actions: ['s3:ListAllMyBuckets'], daysAgo: 1 / 48, everyDays: 1 / 24 }
  const { iam, clock } = oneRole({ usage: [hourly], attached: ['AmazonS3ReadOnlyAccess'] })
  const told = async () => {
    const { RoleDetailList, Policies } = await iam.send(new GetAccountAuthorizationDetailsCommand({}))
    const role = RoleDetailList?.[0]
    return {
      tags: role?.Tags?.length,
      attached: role?.AttachedManagedPolicies?.length,
      counts: Policies?.map(({ AttachmentCount }) => AttachmentCount),
      lastUsed: role?.RoleLastUsed?.LastUsedDate?.toISOString(),
    }
  }
  const first = { tags: 0, attached: 1, counts: [1], lastUsed: '2026-11-02T08:30:00.000Z' }
  expect(await told()).toEqual(first)
  clock.at = new Date('2026-11-02T09:29:59Z')
  expect(await told()).toEqual(first)
  clock.at = new Date('2026-11-02T09:30:00Z')
  expect(await told()).toEqual({ ...first, lastUsed: '2026-11-02T09:30:00.000Z' })
  await iam.send(new TagRoleCommand({ RoleName: 'app', Tags: [{ Key: 'a', Value: 'b' }] }))
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'app', PolicyArn: awsPolicy('ReadOnlyAccess') }))
  expect(await told()).toEqual({ tags: 1, attached: 2, counts: [1, 1], lastUsed: '2026-11-02T09:30:00.000Z' })
  clock.at = new Date('2026-11-02T08:45:00Z')
  expect((await told()).lastUsed).toBe('2026-11-02T08:30:00.000Z')
})

test('a page of long documents ends early, and the next ones tell the rest', async () => {
  const long = allowText(...Array.from({ length: 300 }, (_, n) => `s3:GetObjectNumber${n}`))
  const roles = count(200, 'long').map((role) => ({ ...role, inline: { p: long } }))
  const { iam } = sandboxClients({ fixture: { roles } })
  const first = await iam.send(new GetAccountAuthorizationDetailsCommand({ MaxItems: 1000, Filter: ['Role'] }))
  expect(first.IsTruncated).toBe(true)
  const second = await iam.send(new GetAccountAuthorizationDetailsCommand({ MaxItems: 1000, Filter: ['Role'], Marker: first.Marker }))
  expect(second.IsTruncated).toBe(false)
  const names = [first, second].flatMap(({ RoleDetailList }) => RoleDetailList ?? []).map(({ RoleName }) => RoleName)
  expect(new Set(names).size).toBe(200)
  expect(names).toHaveLength(200)
})
