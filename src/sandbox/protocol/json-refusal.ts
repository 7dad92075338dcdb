import type { AwsError } from '../aws-error.ts'

/** JSON services call some errors otherwise than the query services do. */
const jsonNames: Readonly<Record<string, { readonly code: string; readonly status?: number }>> = {
  AccessDenied: { code: 'AccessDeniedException' },
  ExpiredToken: { code: 'ExpiredTokenException' },
  InvalidClientTokenId: { code: 'UnrecognizedClientException' },
  MissingAuthenticationToken: { code: 'MissingAuthenticationTokenException' },
  Throttling: { code: 'ThrottlingException', status: 429 },
  ServiceFailure: { code: 'InternalServerException' },
}

export function jsonRefusal(error: AwsError): { readonly code: string; readonly status: number } {
  const other = jsonNames[error.code]
  return { code: other?.code ?? error.code, status: other?.status ?? error.status }
}
