import { parsePolicy } from '../../policy/parse.ts'
import { AwsError } from '../aws-error.ts'

/** Refuses the identity policies that IAM would refuse. */
export function checkIdentityDocument(document: string): void {
  const parsed = parsePolicy(document)
  if (!parsed.ok) throw malformed(sentenceFor(document, parsed.problem.message))
  const sids = new Set<string>()
  for (const { sid } of parsed.document.statements) {
    if (sid === null) continue
    if (!/^[0-9A-Za-z]*$/.test(sid))
      throw malformed('Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*')
    if (sids.has(sid)) throw malformed('Statement IDs (SID) in a single policy must be unique.')
    sids.add(sid)
  }
}

/** Refuses trust policies that are no JSON or name no principal. */
export function checkTrustDocument(document: string): void {
  const parsed = parsedJson(document)
  if (typeof parsed !== 'object' || parsed === null || !('Statement' in parsed)) throw malformed('Syntax errors in policy.')
  const statements: readonly unknown[] = Array.isArray(parsed.Statement) ? parsed.Statement : [parsed.Statement]
  for (const statement of statements) {
    if (typeof statement !== 'object' || statement === null) throw malformed('Syntax errors in policy.')
    if (!('Principal' in statement) && !('NotPrincipal' in statement)) throw malformed('Missing required field Principal')
    if ('Resource' in statement || 'NotResource' in statement) throw malformed('Has prohibited field Resource')
    if (!('Action' in statement) && !('NotAction' in statement)) throw malformed('Missing required field Action')
  }
  const dead = /"(AROA|AIDA|AGPA)[A-Z0-9]{12,}"/.exec(document)
  if (dead !== null) throw malformed(`Invalid principal in policy: "AWS":${dead[0]}`)
}

function sentenceFor(document: string, problem: string): string {
  if (parsedJson(document) === null) return 'This policy contains invalid Json'
  if (problem.includes('Principal')) return 'Policy document should not specify a principal.'
  if (problem.includes('is not "service:Action"')) return 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'
  return 'Syntax errors in policy.'
}

function parsedJson(document: string): unknown {
  try {
    return JSON.parse(document)
  } catch {
    return null
  }
}

function malformed(message: string): AwsError {
  return new AwsError('MalformedPolicyDocument', 400, message)
}
