import { describe, expect, it } from 'vitest'
import { type GuardCaller, type GuardInput, guardsOf, type Moment } from '../../src/change/guards.ts'
import { parsePolicy } from '../../src/policy/parse.ts'
import type { GuardLists } from '../../src/ports/preferences.ts'

const NO_LISTS: GuardLists = { protectedRoles: [], crownJewels: [], changeWindows: [], rehearsal: [] }
const bare = { lists: NO_LISTS, heldBy: null, moment: null }

type Facts = Partial<GuardInput['role']> & {
  readonly caller?: GuardCaller | null
  readonly actions?: readonly string[]
  readonly notActions?: readonly string[]
  readonly lists?: Partial<GuardLists>
  readonly heldBy?: string
  readonly moment?: Partial<Moment>
}

function guardIds({ caller = null, actions, notActions, lists, heldBy, moment, ...role }: Facts): string[] {
  const clause = notActions === undefined ? { Action: actions ?? ['s3:GetObject'] } : { NotAction: notActions }
  const parsed = parsePolicy(JSON.stringify({ Statement: { Effect: 'Allow', ...clause, Resource: '*' } }))
  return guardsOf({
    role: { roleName: 'web-app', roleId: 'AROAWEB', path: '/', trust: '{}', tags: [], ...role },
    caller,
    documents: parsed.ok ? [parsed.document] : [],
    ...bare,
    ...(lists === undefined ? {} : { lists: { ...NO_LISTS, ...lists } }),
    ...(heldBy === undefined ? {} : { heldBy }),
    ...(moment === undefined
      ? {}
      : { moment: { now: new Date('2026-03-07T12:00:00Z'), callersPolicy: null, unrehearsed: null, ...moment } }),
  }).map(({ id }) => id)
}

const sunday = { days: ['sun'], from: '00:00', to: '23:59', timeZone: 'UTC' }

const trusting = (principal: object): string =>
  JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }] })
const github = trusting({ Federated: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com' })
const cloudformation = trusting({ Service: 'cloudformation.amazonaws.com' })
const me: GuardCaller = { roleId: 'AROAME', roleName: 'me', isRoot: false }

describe('a role is guarded', () => {
  it.each<[what: string, facts: Facts, ids: readonly string[]]>([
    ['not for nothing', {}, []],
    ['a service-linked role', { path: '/aws-service-role/support.amazonaws.com/' }, ['service-linked']],
    ['not an ordinary role of a service', { path: '/service-role/' }, []],
    ['a role of Identity Center, by path', { path: '/aws-reserved/sso.amazonaws.com/' }, ['identity-center']],
    ['a role of Identity Center, by name', { roleName: 'AWSReservedSSO_Admin_0123456789abcdef' }, ['identity-center']],
    ['the role that the caller is signed in with', { roleId: 'AROAME', caller: me }, ['caller-role']],
    ['not another role of the same name', { roleName: 'me', caller: me }, []],
    ['the role of the caller by name where its id is unknown', { roleName: 'ME', caller: { ...me, roleId: null } }, ['caller-role']],
    ['not everything for a user', { caller: { roleId: null, roleName: null, isRoot: false } }, []],
    ['everything for root', { caller: { roleId: null, roleName: null, isRoot: true } }, ['root-caller']],
    ['the access of the organization', { roleName: 'OrganizationAccountAccessRole' }, ['organization']],
    ['Control Tower', { roleName: 'AWSControlTowerExecution' }, ['organization']],
    ['Control Tower in lower case', { roleName: 'aws-controltower-AdministratorExecutionRole' }, ['organization']],
    ['Account Factory', { roleName: 'AWSAFTExecution' }, ['organization']],
    ['Landing Zone Accelerator', { roleName: 'AWSAccelerator-Pipeline' }, ['organization']],
    ['stack sets', { roleName: 'stacksets-exec-0123' }, ['infrastructure']],
    ['stack set administration', { roleName: 'AWSCloudFormationStackSetExecutionRole' }, ['infrastructure']],
    ['the CDK', { roleName: 'cdk-hnb659fds-deploy-role-123456789012-eu-west-1' }, ['infrastructure']],
    ['break glass', { roleName: 'prod-break-glass' }, ['break-glass']],
    ['break glass in one word', { roleName: 'BreakGlassAdmin' }, ['break-glass']],
    ['emergencies', { roleName: 'EmergencyAccess' }, ['break-glass']],
    ['fire calls', { roleName: 'fire-call' }, ['break-glass']],
    ['a role of a CI provider that writes IAM', { trust: github, actions: ['iam:PutRolePolicy'] }, ['deploy-role']],
    ['one that may do everything', { trust: github, actions: ['*'] }, ['deploy-role']],
    ['one that may do all but something else', { trust: github, notActions: ['s3:*'] }, ['deploy-role']],
    ['not one that may do all but IAM', { trust: github, notActions: ['s3:*', 'iam:*'] }, []],
    ['not one that reads IAM and passes roles', { trust: github, actions: ['iam:Get*', 'iam:ListRoles', 'iam:PassRole'] }, []],
    ['a stack role that writes IAM', { trust: cloudformation, actions: ['iam:*'] }, ['deploy-role']],
    ['not a role of another service that writes IAM', { trust: trusting({ Service: 'ec2.amazonaws.com' }), actions: ['iam:*'] }, []],
    ['a tag that protects it', { tags: [{ key: 'ZT-TUI:Protected', value: 'yes' }] }, ['protected-tag']],
    ['not a tag that says false', { tags: [{ key: 'zt-tui:protected', value: 'False' }] }, []],
    ['its own operator', { roleName: 'zt-tui-operator' }, ['own-operator']],
    ['a stack by its tag', { tags: [{ key: 'aws:cloudformation:stack-name', value: 'app' }] }, ['iac-owned']],
    ['Terraform by the custom of tags', { tags: [{ key: 'managed-by', value: 'Terraform' }] }, ['iac-owned']],
    ['infrastructure code by path', { path: '/terraform/' }, ['iac-owned']],
    ['a stack by the name that CloudFormation makes', { roleName: 'shop-ApiHandlerRole-1XJ8Q0N5K2Z7' }, ['iac-owned']],
    ['not a name that ends in a word', { roleName: 'shop-api-CLOUDWATCHER' }, []],
    ['Terraform by the name that it makes', { roleName: 'lambda-202403011210109876000000a1' }, ['iac-owned']],
    ['what a state file holds', { heldBy: 'aws_iam_role.web in prod.tfstate' }, ['iac-owned']],
    ['what the preferences protect, in any case', { lists: { protectedRoles: ['other', 'WEB-*'] } }, ['preferred']],
    ['not what they do not name as a whole', { lists: { protectedRoles: ['web'] } }, []],
    ['a policy of the caller', { moment: { callersPolicy: 'arn:aws:iam::123456789012:policy/mine' } }, ['caller-policy']],
    ['what is not rehearsed', { moment: { unrehearsed: 'its test twin has not been through stage 1' } }, ['rehearsal']],
    ['outside of every change window', { lists: { changeWindows: [sunday] }, moment: {} }, ['change-window']],
    ['not within one', { lists: { changeWindows: [sunday, { ...sunday, days: ['sat'] }] }, moment: {} }, []],
    ['by no window while it is only looked at', { lists: { changeWindows: [sunday] } }, []],
    [
      'by several at once',
      { roleName: 'cdk-break-glass', tags: [{ key: 'zt-tui:protected', value: '' }] },
      ['infrastructure', 'break-glass', 'protected-tag'],
    ],
  ])('%s', (_, facts, ids) => {
    expect(guardIds(facts)).toEqual(ids)
  })

  it('for ever where AWS or the caller would be hurt, else until somebody says why', () => {
    const verdicts = (role: Partial<GuardInput['role']>, caller: GuardCaller | null = null): readonly boolean[] =>
      guardsOf({ role: { roleName: 'x', roleId: 'AROAX', path: '/', trust: null, tags: [], ...role }, caller, documents: [], ...bare }).map(
        ({ overridable }) => overridable,
      )
    expect(
      verdicts({ path: '/aws-service-role/x/', roleName: 'AWSReservedSSO_x' }, { roleId: 'AROAX', roleName: null, isRoot: true }),
    ).toEqual([false, false, false, false])
    for (const roleName of ['OrganizationAccountAccessRole', 'cdk-deploy', 'emergency', 'zt-tui-operator'])
      expect(verdicts({ roleName })).toEqual([true])
    expect(verdicts({ tags: [{ key: 'zt-tui:protected', value: 'true' }] })).toEqual([true])
  })
})
