import {
  type AccessRequest,
  denialMessage,
  evaluateRequest,
  isAllowed,
  type PolicyLayers,
  requestContext,
} from '../../policy/evaluate/index.ts'
import { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import { callerLayers } from '../callers/principal-policies.ts'
import { requestContext as everyRequest } from './request-context.ts'
import type { Requirement } from './requirement.ts'

/** Throws AWS's denial where the caller's policies do not let it make this call. */
export function authorise(requirement: Requirement, context: CallContext): void {
  const layers = callerLayers(context.caller, context)
  const refusal = refusalOf(requirement, layers, context)
  if (refusal !== null) throw new AwsError('AccessDenied', 403, refusal)
}

/** The sentence of the denial, or null. The explanation is only made when somebody is refused. */
export function refusalOf({ action, resource, shown, keys }: Requirement, layers: PolicyLayers, context: CallContext): string | null {
  const entries = Object.entries({ ...everyRequest(context), ...keys })
  const request: AccessRequest = { principal: context.caller.arn, action, resource, context: requestContext(entries) }
  if (isAllowed(layers, request)) return null
  return denialMessage({ ...request, resource: shown }, evaluateRequest(layers, request))
}
