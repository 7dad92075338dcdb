import type { FixtureRole } from '../fixture.ts'
import { allow, policy, trust } from './documents.ts'
import { uses } from './habits.ts'

const TEAMS = ['orders', 'payments', 'catalogue', 'shipping', 'content', 'data', 'mobile', 'search']

const DEPLOY = ['lambda:CreateFunction', 'lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration', 'lambda:GetFunction']
const ROLL_OUT = ['ecs:RegisterTaskDefinition', 'ecs:UpdateService', 'ecs:DescribeServices', 'ecs:RunTask']

/** Each team deploys by itself: narrow in number, dangerous in kind, and all of it in use. */
export const deployRoles: readonly FixtureRole[] = TEAMS.map((team) => ({
  name: `${team}-deploy`,
  trust: trust.role('arn:aws:iam::123456789012:role/jenkins-controller'),
  tags: { env: 'prod', team },
  inline: {
    deploy: policy(
      allow(DEPLOY, `arn:aws:lambda:us-east-1:123456789012:function:${team}-*`, { sid: 'Functions' }),
      allow(ROLL_OUT, '*', { sid: 'Services', condition: { StringEquals: { 'aws:ResourceTag/team': team } } }),
      allow('iam:PassRole', `arn:aws:iam::123456789012:role/${team}-*`, {
        sid: 'Roles',
        condition: { StringEquals: { 'iam:PassedToService': ['lambda.amazonaws.com', 'ecs-tasks.amazonaws.com'] } },
      }),
    ),
  },
  usage: [uses('daily', [...DEPLOY, ...ROLL_OUT, 'iam:PassRole'])],
}))
