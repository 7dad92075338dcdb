import type { Account } from '../account/account.ts'
import { type AnalyzerSetting, type ExternalAccess, notObserved, type Observed } from '../evidence/account-observations.ts'
import type { ReadOptions } from '../ports/aws.ts'
import type { KnownFindings } from '../ports/observations.ts'
import { readAccountFindings } from './account-findings.ts'
import { parseExternalAccess } from './parse-external-access.ts'
import type { FindingPlace } from './read-finding.ts'

/** What outsiders reach, by the external access analyzers of all Regions. */
export async function readExternalAccess(
  place: Pick<FindingPlace, 'clients' | 'signal'>,
  { accountId }: Account,
  analyzers: Observed<readonly AnalyzerSetting[]>,
  options: ReadOptions & { readonly known: KnownFindings['externalAccess'] },
): Promise<Observed<readonly ExternalAccess[]>> {
  const watching = analyzers.value.filter(({ watches, isActive }) => watches === 'external-access' && isActive)
  if (watching.length === 0)
    return notObserved(analyzers.status === 'missing' ? analyzers.why : 'no analyzer of external access is active', [])
  const question = {
    analyzers: watching,
    filter: { status: { eq: ['ACTIVE'] }, ...(accountId === null ? {} : { resourceOwnerAccount: { eq: [accountId] } }) },
    isMeant: () => true,
    known: options.known,
    parse: parseExternalAccess,
    what: 'external access',
  }
  const read = await readAccountFindings(place, question, options)
  if (analyzers.status !== 'partial') return read
  return { ...read, status: 'partial', why: read.status === 'partial' ? read.why : `${read.why}; ${analyzers.why}` }
}
