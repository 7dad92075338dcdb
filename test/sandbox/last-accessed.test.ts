import {
  GenerateServiceLastAccessedDetailsCommand,
  GetServiceLastAccessedDetailsCommand,
  type GetServiceLastAccessedDetailsResponse,
  GetServiceLastAccessedDetailsWithEntitiesCommand,
  type IAMClient,
} from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import { ACCOUNT_ID, allowText, EPOCH, oneRole } from './sandbox-clients.ts'

const Arn = `arn:aws:iam::${ACCOUNT_ID}:role/app`
const daysAgo = (days: number) => new Date(EPOCH.getTime() - days * 86_400_000)

async function report(iam: IAMClient, MaxItems = 1000): Promise<readonly GetServiceLastAccessedDetailsResponse[]> {
  const { JobId } = await iam.send(new GenerateServiceLastAccessedDetailsCommand({ Arn, Granularity: 'ACTION_LEVEL' }))
  const get = (Marker?: string) => iam.send(new GetServiceLastAccessedDetailsCommand({ JobId, MaxItems, ...(Marker ? { Marker } : {}) }))
  expect((await get()).JobStatus).toBe('IN_PROGRESS')
  const pages = [await get()]
  for (let marker = pages[0]?.Marker; marker !== undefined; marker = pages.at(-1)?.Marker) pages.push(await get(marker))
  return pages
}

test('a report lists the services that policies allow, with tracked actions only', async () => {
  const { iam } = oneRole({
    inline: { p: allowText('s3:ListAllMyBuckets', 's3:GetObject', 'sqs:SendMessage', 'rds:DescribeDBInstances') },
    usage: [
      { actions: ['s3:GetObject'], daysAgo: 3, region: 'eu-west-1' },
      { actions: ['s3:ListAllMyBuckets'], daysAgo: 200 },
      { actions: ['dynamodb:GetItem'], daysAgo: 1 },
      { actions: ['rds:DescribeDBInstances'], daysAgo: 500 },
    ],
  })
  const [page] = await report(iam)
  expect(page).toMatchObject({ JobStatus: 'COMPLETED', JobType: 'ACTION_LEVEL', JobCompletionDate: EPOCH, IsTruncated: false })
  const services = page?.ServicesLastAccessed?.map((service) => [
    service.ServiceNamespace,
    service.LastAuthenticated,
    service.TotalAuthenticatedEntities,
  ])
  expect(services).toEqual([
    ['rds', undefined, 0],
    ['s3', daysAgo(3), 1],
    ['sqs', undefined, 0],
  ])
  const s3 = page?.ServicesLastAccessed?.[1]
  expect(s3?.TrackedActionsLastAccessed).toEqual([
    { ActionName: 'ListAllMyBuckets', LastAccessedEntity: Arn, LastAccessedRegion: 'us-east-1', LastAccessedTime: daysAgo(200) },
  ])
})

test('the report of an administrator comes in pages, each service once', async () => {
  const { iam } = oneRole({ attached: ['AdministratorAccess'] })
  const pages = await report(iam, 100)
  const services = pages.flatMap((page) => page.ServicesLastAccessed ?? []).map(({ ServiceNamespace }) => ServiceNamespace)
  expect(pages.length).toBeGreaterThan(4)
  expect(new Set(services).size).toBe(services.length)
  expect(services).toContain('s3')
})

test('a job that nobody asked for, and a role that nobody has, are not found', async () => {
  const { iam } = oneRole()
  const nobody = new GenerateServiceLastAccessedDetailsCommand({ Arn: Arn.replace('app', 'none') })
  await expect(iam.send(nobody)).rejects.toMatchObject({ name: 'NoSuchEntityException' })
  const none = new GetServiceLastAccessedDetailsCommand({ JobId: '00000000-0000-0000-0000-000000000000' })
  await expect(iam.send(none)).rejects.toMatchObject({ name: 'NoSuchEntityException' })
})

test('at service level no action is named; who used a service is told on request', async () => {
  const { iam } = oneRole({
    inline: { p: allowText('s3:ListAllMyBuckets', 'sqs:SendMessage') },
    usage: [{ actions: ['s3:ListAllMyBuckets'], daysAgo: 2 }],
  })
  const { JobId } = await iam.send(new GenerateServiceLastAccessedDetailsCommand({ Arn }))
  const who = (ServiceNamespace: string) => iam.send(new GetServiceLastAccessedDetailsWithEntitiesCommand({ JobId, ServiceNamespace }))
  expect((await who('s3')).JobStatus).toBe('IN_PROGRESS')
  const page = await iam.send(new GetServiceLastAccessedDetailsCommand({ JobId }))
  expect(page.ServicesLastAccessed?.map((service) => [service.ServiceNamespace, service.TrackedActionsLastAccessed])).toEqual([
    ['s3', undefined],
    ['sqs', undefined],
  ])
  expect(await who('s3')).toMatchObject({
    JobStatus: 'COMPLETED',
    EntityDetailsList: [{ EntityInfo: { Arn, Name: 'app', Type: 'ROLE', Path: '/' }, LastAuthenticated: daysAgo(2) }],
  })
  expect((await who('sqs')).EntityDetailsList?.[0]?.LastAuthenticated).toBeUndefined()
  expect((await who('ec2')).EntityDetailsList).toEqual([])
})
