import { policySize } from '../../policy/size.ts'
import { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import { managedPolicy } from '../callers/principal-policies.ts'
import { checkIdentityDocument } from '../iam/identity-document.ts'
import { malformedPolicy } from '../iam/malformed-policy.ts'
import type { QueryParams } from '../protocol/query-params.ts'

const MOST_CHARACTERS = 2_048
const MOST_ARNS = 10

/** The session policies of an `AssumeRole`: the inline one and those named by ARN, as texts of this moment. */
export function sessionPoliciesAsked(params: QueryParams, context: CallContext): readonly string[] {
  const inline = params.optional('Policy', { min: 1 })
  if (inline !== null) checkIdentityDocument(inline, 'inline')
  const arns = policyArns(params)
  if (arns.length > MOST_ARNS) throw new AwsError('ValidationError', 400, `A session takes at most ${MOST_ARNS} policy ARNs`)
  if (policySize(inline ?? '') > MOST_CHARACTERS)
    throw new AwsError('PackedPolicyTooLarge', 400, 'Packed policy consumes more than 100% of allotted space, please use smaller policy.')
  const managed = arns.map((arn) => {
    const policy = managedPolicy(arn, context)
    if (policy === null) throw malformedPolicy(`Policy ${arn} does not exist or is not attachable.`)
    return policy.text
  })
  return inline === null ? managed : [inline, ...managed]
}

function policyArns(params: QueryParams): readonly string[] {
  const arns: string[] = []
  for (let n = 1; ; n++) {
    const arn = params.optional(`PolicyArns.member.${n}.arn`)
    if (arn === null) return arns
    arns.push(arn)
  }
}
