import type { SandboxFixture } from '../fixture.ts'

export function demoAccount(): SandboxFixture {
  return {
    roles: [
      {
        name: 'legacy-admin-role',
        attached: ['AdministratorAccess'],
        usage: [{ actions: ['s3:GetObject', 'ec2:DescribeInstances'], daysAgo: 1, everyDays: 1, calls: 200 }],
      },
      {
        name: 'web-app-role',
        inline: {
          'web-app-access': {
            Version: '2012-10-17',
            Statement: [
              {
                Sid: 'Images',
                Effect: 'Allow',
                Action: ['s3:GetObject', 's3:DeleteBucket', 'ec2:TerminateInstances', 'rds:DeleteDBInstance'],
                Resource: '*',
              },
            ],
          },
        },
        usage: [{ actions: ['s3:GetObject'], daysAgo: 0.2, everyDays: 1, calls: 5000 }],
      },
      {
        name: 'ec2-backup-service',
        attached: ['PowerUserAccess'],
        usage: [{ actions: ['ec2:CreateSnapshot', 'ec2:DescribeVolumes'], daysAgo: 1, everyDays: 1, calls: 900 }],
      },
    ],
    users: [{ name: 'demo-admin', attached: ['AdministratorAccess'] }],
    analyzers: [{ name: 'zero-trust-analyzer', type: 'ACCOUNT_UNUSED_ACCESS', unusedAccessAge: 90 }],
  }
}
