/** Short forms of the documents that the demo's tables are made of. */

export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>

type Clause = { readonly sid?: string; readonly condition?: Condition }

export function allow(actions: string | readonly string[], resources: string | readonly string[] = '*', { sid, condition }: Clause = {}) {
  return statement({ Effect: 'Allow', Action: actions, Resource: resources }, sid, condition)
}

export function deny(actions: string | readonly string[], resources: string | readonly string[] = '*', { sid, condition }: Clause = {}) {
  return statement({ Effect: 'Deny', Action: actions, Resource: resources }, sid, condition)
}

export function allowAllBut(actions: readonly string[], resources: string | readonly string[] = '*', { sid, condition }: Clause = {}) {
  return statement({ Effect: 'Allow', NotAction: actions, Resource: resources }, sid, condition)
}

export function allowElsewhere(actions: readonly string[], notResources: string | readonly string[], { sid, condition }: Clause = {}) {
  return statement({ Effect: 'Allow', Action: actions, NotResource: notResources }, sid, condition)
}

export function policy(...statements: readonly object[]) {
  return { Version: '2012-10-17', Statement: statements }
}

function statement(body: object, sid: string | undefined, condition: Condition | undefined): object {
  return { ...(sid === undefined ? {} : { Sid: sid }), ...body, ...(condition === undefined ? {} : { Condition: condition }) }
}

/** Who may take a role. */
export const trust = {
  service: (...services: readonly string[]) =>
    trustOf({ Service: services.length === 1 ? `${services[0]}.amazonaws.com` : services.map((name) => `${name}.amazonaws.com`) }),
  account: (accountId: string, condition?: Condition) => trustOf({ AWS: `arn:aws:iam::${accountId}:root` }, { condition }),
  role: (arn: string) => trustOf({ AWS: arn }),
  github: (condition: Condition) =>
    trustOf(
      { Federated: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com' },
      { action: 'sts:AssumeRoleWithWebIdentity', condition },
    ),
  saml: () =>
    trustOf(
      { Federated: 'arn:aws:iam::123456789012:saml-provider/AWSSSO_4f1c7b2d9e8a6035_DO_NOT_DELETE' },
      {
        action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
        condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
      },
    ),
}

type TrustClause = { readonly action?: string | readonly string[]; readonly condition?: Condition | undefined }

function trustOf(principal: object, { action = 'sts:AssumeRole', condition }: TrustClause = {}) {
  return policy({ Effect: 'Allow', Principal: principal, Action: action, ...(condition === undefined ? {} : { Condition: condition }) })
}
