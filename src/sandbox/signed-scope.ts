import type { SandboxRequest } from './request.ts'

/** What a request's signature says: for which service and Region it was signed, and by which access key. */
export type SignedScope = {
  readonly accessKeyId: string
  readonly sessionToken: string | null
  readonly region: string
  readonly service: string
}

/** A signature for several Regions names none in its scope. */
const ANY_REGION = 'us-east-1'

/**
 * The scope stands in the header, or in the query of a presigned URL; null where nothing is signed.
 *
 *   Authorization: AWS4-HMAC-SHA256 Credential=AKID/20240401/us-east-1/iam/aws4_request, …
 *   Authorization: AWS4-ECDSA-P256-SHA256 Credential=AKID/20240401/sts/aws4_request, …
 *   /?Action=GetCallerIdentity&X-Amz-Credential=AKID%2F20240401%2Fus-east-1%2Fsts%2Faws4_request&…
 */
export function signedScope({ headers, query }: SandboxRequest): SignedScope | null {
  const inHeader = /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1]
  const credential = inHeader ?? textIn(query, 'X-Amz-Credential')
  const [, accessKeyId, region, service] = /^([^/]+)\/\d{8}\/(?:([^/]+)\/)?([^/]+)\/aws4_request$/.exec(credential ?? '') ?? []
  if (accessKeyId === undefined || service === undefined) return null
  const sessionToken = headers['x-amz-security-token'] ?? textIn(query, 'X-Amz-Security-Token')
  return { accessKeyId, sessionToken, region: region ?? ANY_REGION, service }
}

function textIn(query: SandboxRequest['query'], name: string): string | null {
  const value = query[name]
  return typeof value === 'string' ? value : null
}
