import { describe, expect, test } from 'vitest'
import { hclText, iacPatch } from '../../src/change/iac-patch.ts'
import type { PlannedPolicy, PlanStage } from '../../src/plan/plan.ts'

const policy = (name: string, actions: readonly string[], more: Partial<PlannedPolicy> = {}): PlannedPolicy => {
  const document = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actions, Resource: `arn:aws:s3:::home/\${aws:username}/*` }],
  }
  return { name, kind: 'inline', document, text: JSON.stringify(document), ...more }
}
const arn = 'arn:aws:iam::aws:policy/AmazonS3FullAccess'
const stage = (before: readonly PlannedPolicy[], after: readonly PlannedPolicy[]): PlanStage => ({
  n: 1,
  title: '',
  startHash: 'h',
  removes: [],
  before,
  after,
  operations: [],
  proof: { noNewAccess: true, usedKept: true, prefixes: true, counterexample: null },
  sizes: { inline: 0, inlineLimit: 0, managed: [], limitOk: true },
  riskAfter: 0,
  decisions: 0,
})

const kept = policy('kept', ['sts:GetCallerIdentity'])
const files = iacPatch(
  { roleName: 'web"app' },
  stage(
    [kept, policy('work', ['s3:*']), policy('AmazonS3FullAccess', ['s3:*'], { kind: 'aws-managed', arn })],
    [kept, policy('work', ['s3:GetObject']), policy('zt-AmazonS3FullAccess', ['s3:ListBucket'])],
  ),
)

describe('the patch of a stage', () => {
  test('has the documents that change, before and after, and nothing else', () => {
    expect([...files.keys()]).toEqual([
      'before/inline-work.json',
      'after/inline-work.json',
      'before/aws-managed-AmazonS3FullAccess.json',
      'after/inline-zt-AmazonS3FullAccess.json',
      'changes.diff',
      'terraform.tf',
      'cloudformation.json',
    ])
    expect(JSON.parse(files.get('after/inline-work.json') ?? '')).toEqual(policy('work', ['s3:GetObject']).document)
  })

  test('has one unified diff of them all', () => {
    const diff = files.get('changes.diff')
    expect(diff).toMatch(/^-+ +"s3:\*"\n\+ +"s3:GetObject"$/m)
    expect(diff).toMatch(/^--- \/dev\/null\s*\n\+\+\+ after\/inline-zt-AmazonS3FullAccess.json/m)
  })

  test('is Terraform in which the variables of IAM stay what they are', () => {
    const hcl = files.get('terraform.tf') ?? ''
    expect(hcl).toContain(`home/$\${aws:username}/*`)
    expect(hcl).not.toMatch(/[^$]\$\{/)
    expect(hcl).toContain('role   = "web\\"app"')
    expect(hcl).toContain(`# Remove the aws_iam_role_policy_attachment of "web\\"app" that has "${arn}".`)
    expect(hcl.match(/^resource "aws_iam_role_policy" "/gm)).toHaveLength(2)
  })

  test('is CloudFormation with all that the role has after the stage', () => {
    const { Properties } = JSON.parse(files.get('cloudformation.json') ?? '')
    expect(Properties.Policies.map((one: { PolicyName: string }) => one.PolicyName)).toEqual(['kept', 'work', 'zt-AmazonS3FullAccess'])
    expect(Properties.ManagedPolicyArns).toEqual([])
  })

  test('cannot be left by a name that ends a line or a text', () => {
    const hostile = iacPatch({ roleName: `x"\n}\nresource "evil" "\${file(1)}` }, stage([], [policy('a"\nb', ['s3:*'])])).get(
      'terraform.tf',
    )
    expect(hostile?.match(/^resource /gm)).toHaveLength(1)
    expect(hostile).toContain(`$\${file(1)}`)
  })
})

test.each([
  [`\${aws:username}`, `$\${aws:username}`],
  ['%{if}', '%%{if}'],
  ['100% of $5', '100% of $5'],
])('HCL reads %s as %s', (text, written) => expect(hclText(text)).toBe(written))
