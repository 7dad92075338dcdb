import type { Role } from '../account/account.ts'
import { readTrust } from '../account/trust.ts'
import type { PolicyDocument } from '../policy/document.ts'

const CI_PROVIDERS = /token\.actions\.githubusercontent\.com|gitlab|bitbucket|circleci|app\.terraform\.io|buildkite/i
const IAC_SERVICES = new Set(['cloudformation.amazonaws.com'])

/** A CI provider or an IaC service takes this role, and it writes IAM: what it deploys would fail without it. */
export function isDeployRole({ trust }: Pick<Role, 'trust'>, documents: readonly PolicyDocument[]): boolean {
  const deploys = readTrust(trust).principals.some(
    ({ kind, who }) => (kind === 'web-identity' && CI_PROVIDERS.test(who)) || (kind === 'service' && IAC_SERVICES.has(who)),
  )
  return deploys && documents.some(writesIam)
}

/** Any grant on IAM beyond reading it. */
export function writesIam({ statements }: PolicyDocument): boolean {
  return statements.some(
    ({ effect, actions }) =>
      effect === 'Allow' &&
      (actions.kind === 'NotAction'
        ? !actions.patterns.some((pattern) => /^(\*|iam:\*)$/i.test(pattern))
        : actions.patterns.some((pattern) => /^(\*$|iam:)/i.test(pattern) && !/^iam:(Get|List|PassRole)/i.test(pattern))),
  )
}
