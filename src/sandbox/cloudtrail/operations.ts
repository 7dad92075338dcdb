import { jsonRequirement } from '../authorisation/json-requirement.ts'
import { jsonRpcService } from '../protocol/json-rpc.ts'
import { lakeOperations } from './lake.ts'
import { lookupEvents } from './lookup-events.ts'
import { trailOperations } from './trails.ts'

export const cloudTrailService = jsonRpcService({
  id: 'cloudtrail',
  eventSource: 'cloudtrail.amazonaws.com',
  requirement: jsonRequirement('cloudtrail'),
  operations: { ...trailOperations, ...lakeOperations, LookupEvents: lookupEvents },
})
