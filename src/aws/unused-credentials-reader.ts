import type { Account } from '../account/account.ts'
import { type AnalyzerSetting, notObserved, type Observed, type UnusedCredential } from '../evidence/account-observations.ts'
import type { ReadOptions } from '../ports/aws.ts'
import type { KnownFindings } from '../ports/observations.ts'
import { readAccountFindings } from './account-findings.ts'
import { parseUnusedCredential, unusedCredentialTypes } from './parse-unused-credential.ts'
import type { FindingPlace } from './read-finding.ts'

/** Users' passwords and access keys that nobody uses, by the analyzer of unused access. One is enough: they all say the same. */
export async function readUnusedCredentials(
  place: Pick<FindingPlace, 'clients' | 'signal'>,
  { accountId }: Account,
  analyzers: Observed<readonly AnalyzerSetting[]>,
  options: ReadOptions & { readonly known: KnownFindings['unusedCredentials'] },
): Promise<Observed<readonly UnusedCredential[]>> {
  const watching = analyzers.value.filter(({ watches, isActive }) => watches === 'unused-access' && isActive)
  const chosen = watching.toSorted((a, b) => Number(a.isOrganization) - Number(b.isOrganization)).slice(0, 1)
  if (chosen.length === 0) return notObserved(analyzers.status === 'missing' ? analyzers.why : 'no analyzer of unused access is active', [])
  const question = {
    analyzers: chosen,
    filter: {
      findingType: { eq: [...unusedCredentialTypes] },
      status: { eq: ['ACTIVE'] },
      ...(accountId === null ? {} : { resourceOwnerAccount: { eq: [accountId] } }),
    },
    isMeant: ({ findingType }: { readonly findingType?: string | undefined }) => unusedCredentialTypes.some((type) => type === findingType),
    known: options.known,
    parse: parseUnusedCredential,
    what: 'unused credentials',
  }
  return readAccountFindings(place, question, options)
}
