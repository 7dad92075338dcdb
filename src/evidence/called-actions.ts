/**
 * What an event of CloudTrail proves about IAM actions. Event names are those of APIs, not of IAM: `ListObjectsV2` of S3 is
 * `s3:ListBucket`, Lambda's carry dates, and event sources such as `monitoring` are not prefixes of IAM. The generated table
 * lists the operations that differ from the action of their own name:
 *
 *   s3 HeadObject=:GetObject CopyObject=:GetObject,:PutObject
 *
 * A missing part before the colon is the line's own service; nothing after the `=` means that the call proves nothing (no
 * permission needed, or one of several was used and nobody knows which).
 */
import type { Catalog } from '../policy/catalog.ts'
import type { ActionName } from '../policy/names.ts'
import { eventNameSuffix, eventSourcePrefixes, provedByOperation, sharedEventSources } from './operation-map.generated.ts'

export type CallName = {
  /** `s3.amazonaws.com`. */
  readonly eventSource: string
  readonly eventName: string
  /** `additionalEventData.service`, where two services share an event source. */
  readonly service: string | null
}

/** The actions that a call used for certain; empty where the mapping is not known. */
export type CalledActions = (call: CallName) => readonly ActionName[]

export function createCalledActions(catalog: Pick<Catalog, 'find'>): CalledActions {
  const prefixes = readPairs(eventSourcePrefixes)
  const shared = readLines(sharedEventSources)
  const proved = readLines(provedByOperation)
  return ({ eventSource, eventName, service }) => {
    const source = eventSource.replace(/\.amazonaws\.com(\.cn)?$/, '')
    const prefix = (service === null ? undefined : shared.get(source)?.get(service)) ?? prefixes.get(source) ?? source
    const operation = eventName.replace(eventNameSuffix, '')
    const listed = proved.get(prefix)?.get(operation)
    if (listed === undefined) {
      const own = catalog.find(`${prefix}:${operation}`)
      return own === null ? [] : [own.name]
    }
    return listed === '' ? [] : listed.split(',').map((action) => (action.startsWith(':') ? `${prefix}${action}` : action))
  }
}

/** Under which event sources CloudTrail files the calls of an IAM service: `cloudwatch` is `monitoring.amazonaws.com`. */
export function eventSourcesOf(service: string): readonly string[] {
  const others = [...readPairs(eventSourcePrefixes)].filter(([, prefix]) => prefix === service).map(([source]) => source)
  return [service, ...others].map((source) => `${source}.amazonaws.com`)
}

const readPairs = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split(' ').map((pair) => {
      const at = pair.indexOf('=')
      return [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )

/** `name pair pair …` in each line. */
const readLines = (text: string): ReadonlyMap<string, ReadonlyMap<string, string>> =>
  new Map(
    text
      .trim()
      .split('\n')
      .map((line) => {
        const space = line.indexOf(' ')
        return [line.slice(0, space), readPairs(line.slice(space + 1))]
      }),
  )
