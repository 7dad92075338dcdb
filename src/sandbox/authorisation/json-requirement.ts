import type { CallContext } from '../call-context.ts'
import { type CallParams, type RequirementReader, textParam } from './requirement.ts'

type ArnReader = (params: CallParams, context: CallContext) => string | null

/** Operations of JSON services that are about one resource; all others are about none. */
const resources: Readonly<Record<string, ArnReader>> = {
  GetTrailStatus: trailArn,
  GetEventSelectors: trailArn,
  GetInsightSelectors: trailArn,
  GetTrail: trailArn,
  GetEventDataStore: (params) => textParam(params, 'EventDataStore'),
}

/** The action of the operation's own name, for services whose prefix is the service's id. */
export const jsonRequirement =
  (prefix: string): RequirementReader =>
  (operation, params, context) => {
    const resource = resources[operation]?.(params, context) ?? '*'
    return { action: `${prefix}:${operation}`, resource, shown: resource, keys: {} }
  }

function trailArn(params: CallParams, { partition, region, accountId }: CallContext): string | null {
  const name = textParam(params, 'TrailName') ?? textParam(params, 'Name')
  if (name === null || name.startsWith('arn:')) return name
  return `arn:${partition}:cloudtrail:${region}:${accountId}:trail/${name}`
}
