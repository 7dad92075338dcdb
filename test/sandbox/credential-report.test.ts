import { GenerateCredentialReportCommand, GetCredentialReportCommand } from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import { EPOCH, sandboxClients } from './sandbox-clients.ts'

const COLUMNS =
  'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated'

test('the report is a job, and its CSV has the columns of AWS', async () => {
  const { iam } = sandboxClients({
    fixture: {
      users: [
        { name: 'ann', passwordLastUsedDaysAgo: 3, mfa: true, createdDaysAgo: 30 },
        { name: 'bot', createdDaysAgo: 30, accessKeys: [{ createdDaysAgo: 20, lastUsedDaysAgo: 1, service: 'ec2' }] },
      ],
    },
  })
  await expect(iam.send(new GetCredentialReportCommand({}))).rejects.toMatchObject({ name: 'CredentialReportNotPresentException' })
  expect((await iam.send(new GenerateCredentialReportCommand({}))).State).toBe('STARTED')
  await expect(iam.send(new GetCredentialReportCommand({}))).rejects.toMatchObject({ name: 'CredentialReportNotReadyException' })
  expect((await iam.send(new GenerateCredentialReportCommand({}))).State).toBe('COMPLETE')
  const { Content, ReportFormat } = await iam.send(new GetCredentialReportCommand({}))
  const [head, root, ann, bot] = Buffer.from(Content ?? [])
    .toString('utf8')
    .split('\n')
  expect([ReportFormat, head]).toEqual(['text/csv', COLUMNS])
  expect(root).toMatch(/^<root_account>,arn:aws:iam::123456789012:root,/)
  expect(ann).toMatch(
    /^ann,arn:aws:iam::123456789012:user\/ann,2026-10-03T09:00:00\+00:00,true,2026-10-30T09:00:00\+00:00,.*,true,false,N\/A,/,
  )
  expect(bot).toContain('false,N/A,N/A,N/A,false,true,2026-10-13T09:00:00+00:00,2026-11-01T09:00:00+00:00,us-east-1,ec2,false,N/A')
})

test('a report is good for four hours', async () => {
  const { iam, clock } = sandboxClients({ fixture: {} })
  await iam.send(new GenerateCredentialReportCommand({}))
  await iam.send(new GenerateCredentialReportCommand({}))
  clock.at = new Date(EPOCH.getTime() + 5 * 3_600_000)
  await expect(iam.send(new GetCredentialReportCommand({}))).rejects.toMatchObject({ name: 'CredentialReportExpiredException' })
  expect((await iam.send(new GenerateCredentialReportCommand({}))).State).toBe('STARTED')
})
