/**
 * A stage as a patch for whoever owns the role in code: the documents before and after, their difference, and the same as
 * Terraform and as CloudFormation write it. Names and texts come from the account: each is escaped for where it stands.
 */
import { createTwoFilesPatch } from 'diff'
import type { PlannedPolicy, PlanStage, RolePlan } from '../plan/plan.ts'
import { readable } from './drift-text.ts'

type Edit = { readonly before: PlannedPolicy | null; readonly after: PlannedPolicy | null }

/** File name → content. */
export function iacPatch({ roleName }: Pick<RolePlan, 'roleName'>, stage: PlanStage): ReadonlyMap<string, string> {
  const edits = editsOf(stage)
  return new Map([
    ...edits.flatMap(({ before, after }) => [
      ...(before === null ? [] : [[`before/${fileName(before)}`, readable(before.text)] as const]),
      ...(after === null ? [] : [[`after/${fileName(after)}`, readable(after.text)] as const]),
    ]),
    ['changes.diff', edits.map(diffOf).join('')],
    ['terraform.tf', terraform(roleName, edits)],
    ['cloudformation.json', cloudFormation(stage.after)],
  ])
}

const keyOf = ({ kind, name, arn }: PlannedPolicy): string => `${kind === 'inline' ? 'inline' : (arn ?? 'managed')} ${name.toLowerCase()}`

/** Policies that the stage changes, makes or takes away. */
function editsOf({ before, after }: PlanStage): readonly Edit[] {
  const [old, left] = [before, after].map((policies) => new Map(policies.map((policy) => [keyOf(policy), policy])))
  const keys = new Set([...(old?.keys() ?? []), ...(left?.keys() ?? [])])
  return [...keys]
    .map((key): Edit => ({ before: old?.get(key) ?? null, after: left?.get(key) ?? null }))
    .filter((edit) => edit.before?.text !== edit.after?.text)
}

const fileName = ({ kind, name }: PlannedPolicy): string => `${kind}-${name.replaceAll(/[^\w.+=@-]/g, '_')}.json`

function diffOf({ before, after }: Edit): string {
  const policy = after ?? before
  if (policy === null) return ''
  const name = fileName(policy)
  return createTwoFilesPatch(
    before === null ? '/dev/null' : `before/${name}`,
    after === null ? '/dev/null' : `after/${name}`,
    readable(before?.text ?? null),
    readable(after?.text ?? null),
  )
}

/** Terraform reads `${` and `%{` as its own: IAM's variables must be written with the first character doubled. */
export const hclText = (text: string): string => text.replaceAll(/[$%](?=\{)/g, (sign) => sign + sign)

const hclString = (text: string): string => `"${hclText(text.replaceAll(/[\\"]/g, '\\$&')).replaceAll(/[^ -~]/g, '?')}"`

const hclLabel = (name: string): string => `"${name.replaceAll(/[^A-Za-z0-9_-]/g, '_').replace(/^(?![A-Za-z_])/, '_')}"`

function terraform(roleName: string, edits: readonly Edit[]): string {
  const blocks = edits.map(({ before, after }) => {
    if (after === null) return removed(roleName, before)
    return after.kind === 'inline' ? inlineBlock(roleName, after) : managedBlocks(roleName, after)
  })
  return `${blocks.join('\n')}`
}

function removed(roleName: string, policy: PlannedPolicy | null): string {
  if (policy === null) return ''
  const what = policy.kind === 'inline' ? 'aws_iam_role_policy' : 'aws_iam_role_policy_attachment'
  return `# Remove the ${what} of ${hclString(roleName)} that has ${hclString(policy.arn ?? policy.name)}.\n`
}

const inlineBlock = (roleName: string, { name, text }: PlannedPolicy): string => `resource "aws_iam_role_policy" ${hclLabel(name)} {
  name   = ${hclString(name)}
  role   = ${hclString(roleName)}
  policy = <<POLICY
${hclText(readable(text))}POLICY
}
`

const managedBlocks = (roleName: string, { name, text }: PlannedPolicy): string => `resource "aws_iam_policy" ${hclLabel(name)} {
  name   = ${hclString(name)}
  policy = <<POLICY
${hclText(readable(text))}POLICY
}

resource "aws_iam_role_policy_attachment" ${hclLabel(name)} {
  role       = ${hclString(roleName)}
  policy_arn = aws_iam_policy.${hclLabel(name).slice(1, -1)}.arn
}
`

/** Properties of the role after the stage. Outside of `Fn::Sub`, CloudFormation leaves `${…}` alone. */
function cloudFormation(after: readonly PlannedPolicy[]): string {
  const Policies = after
    .filter(({ kind }) => kind === 'inline')
    .map(({ name, document }) => ({ PolicyName: name, PolicyDocument: document }))
  const ManagedPolicyArns = after.flatMap(({ arn }) => arn ?? [])
  return `${JSON.stringify({ Type: 'AWS::IAM::Role', Properties: { Policies, ManagedPolicyArns } }, null, 2)}\n`
}
