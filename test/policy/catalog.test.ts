import { describe, expect, it } from 'vitest'
import { loadCatalog } from '../../src/policy/catalog.ts'

describe('the catalog', () => {
  const catalog = loadCatalog()

  it('has each action once, in the order of services', () => {
    const keys = catalog.actions.map(({ name }) => name.toLowerCase())
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys.length).toBeGreaterThan(20_000)
    const services = keys.map((key) => key.slice(0, key.indexOf(':')))
    expect([...new Set(services)].length).toBe(services.filter((service, at) => service !== services[at - 1]).length)
  })

  it('names only what a policy can name', () => {
    for (const { name } of catalog.actions) expect(name).toMatch(/^[a-z0-9-]+:[A-Za-z0-9-]+$/)
  })

  it.each<[action: string, level: string, tracked: boolean | null]>([
    ['s3:GetObject', 'Read', false],
    ['s3:ListAllMyBuckets', 'List', true],
    ['kms:Decrypt', 'Write', true],
    ['lambda:InvokeFunction', 'Write', false],
    ['dynamodb:GetItem', 'Read', false],
    ['iam:PassRole', 'Write', false],
    ['ssm:GetParameter', 'Read', true],
    ['sts:AssumeRole', 'Write', true],
    ['iam:PutRolePolicy', 'Permissions management', true],
    ['iam:TagRole', 'Tagging', false],
  ])('%s is %s, tracked: %s', (action, level, tracked) => {
    expect(catalog.find(action.toUpperCase())).toMatchObject({ name: action, level, tracked })
  })

  it('knows what depends on what, and which actions take a role', () => {
    expect(catalog.find('ec2:RunInstances')?.dependsOn).toEqual(expect.arrayContaining(['iam:PassRole', 'ec2:CreateTags']))
    for (const action of ['lambda:CreateFunction', 'ecs:RunTask', 'glue:CreateJob', 'cloudformation:CreateStack'])
      expect(catalog.find(action)?.dependsOn).toContain('iam:PassRole')
    expect(catalog.find('s3:NoSuchThing')).toBeNull()
  })
})
