import { describe, expect, it } from 'vitest'
import { loadCatalog } from '../../src/policy/catalog.ts'
import { createUniverse } from '../../src/policy/universe.ts'
import { planFor, role } from '../support/role-builder.ts'

const universe = createUniverse(loadCatalog())
const warningsOf = (unused: readonly string[], actions: readonly string[], keep: readonly string[] = []) =>
  planFor(role().allows(actions), universe, { unused, keep }).lostSiblings

describe('F9: only creation was seen, and later cleanup fails', () => {
  it('a plan that keeps Create* and drops its Delete and Update sibling warns', () => {
    const services = ['dynamodb:CreateTable', 'dynamodb:DeleteTable', 'dynamodb:UpdateTable', 'dynamodb:DeleteBackup']
    expect(warningsOf(['dynamodb:Delete*', 'dynamodb:Update*'], services)).toEqual([
      { keeps: 'dynamodb:CreateTable', drops: ['dynamodb:DeleteTable', 'dynamodb:UpdateTable'] },
    ])
  })

  it.each([
    ['ssm:PutParameter', 'ssm:DeleteParameters'],
    ['iam:AttachRolePolicy', 'iam:DetachRolePolicy'],
    ['ecs:RegisterTaskDefinition', 'ecs:DeregisterTaskDefinition'],
    ['ec2:RunInstances', 'ec2:TerminateInstances'],
    ['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'],
    ['elasticloadbalancing:AddTags', 'elasticloadbalancing:RemoveTags'],
  ])('%s without %s', (keeps, drops) => {
    expect(warningsOf([drops], [keeps, drops])).toEqual([{ keeps, drops: [drops] }])
  })

  it('other nouns, other services, and siblings that are kept or were never granted give no warning', () => {
    expect(warningsOf(['s3:DeleteObject'], ['s3:CreateBucket', 's3:DeleteObject'])).toEqual([])
    expect(warningsOf(['sns:DeleteTopic'], ['s3:CreateBucket', 'sns:DeleteTopic'])).toEqual([])
    expect(warningsOf(['s3:DeleteBucket'], ['s3:CreateBucket', 's3:DeleteBucket'], ['s3:DeleteBucket'])).toEqual([])
    expect(warningsOf(['s3:ListBucket'], ['s3:CreateBucket', 's3:ListBucket'])).toEqual([])
  })
})
