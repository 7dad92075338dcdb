import { expect, test } from 'vitest'
import { losesIam } from '../../src/change/loses-iam.ts'

test('F11: a role that loses its rights on IAM is told of, with a way back that does not need it', () => {
  const removes = ['s3:GetObject', 'iam:PutRolePolicy', 'iam:AttachRolePolicy', 'iam:CreateRole', 'iam:DeleteRole', 'iam:ListRoles']
  expect(losesIam('ci', removes, '/d/restore.sh')).toBe(
    'ci loses rights on IAM (iam:PutRolePolicy, iam:AttachRolePolicy, iam:CreateRole and 1 more): it can repair no role with them any more; the way back without it: sh /d/restore.sh',
  )
})

test.each([[['s3:PutObject']], [['iam:GetRole', 'iam:ListRoles', 'iam:PassRole']], [[]]])('not of one that loses %j', (removes) => {
  expect(losesIam('ci', removes, null)).toBeNull()
})
