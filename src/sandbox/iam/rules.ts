import type { TextRule } from '../protocol/query-params.ts'

/** What IAM's service model demands of parameters, and what IAM says when a value does not fit. */

const name = { min: 1, pattern: /^[\w+=,.@-]+$/, demand: 'It must contain only alphanumeric characters and/or the following: +=,.@_-' }
const PATH_DEMAND = 'It must begin and end with / and contain only alphanumeric characters and/or / characters.'
const LATIN_DEMAND = 'It must contain only printable ASCII characters.'

export const roleName: TextRule = { ...name, max: 64 }
export const userName: TextRule = { ...name, max: 128 }
export const groupName: TextRule = { ...name, max: 128 }
export const profileName: TextRule = { ...name, max: 128 }
export const policyName: TextRule = { ...name, max: 128 }
export const policyArn: TextRule = { min: 20, max: 2048 }
export const path: TextRule = { min: 1, max: 512, pattern: /^(\/|\/[!-~]+\/)$/, demand: PATH_DEMAND }
export const pathPrefix: TextRule = { min: 1, max: 512, pattern: /^\/[!-~]*$/, demand: PATH_DEMAND }
export const policyPath: TextRule = { min: 1, max: 512, pattern: /^((\/[A-Za-z0-9.,+@=_-]+)*)\/$/, demand: PATH_DEMAND }
export const versionId: TextRule = { pattern: /^v[1-9][0-9]*(\.[A-Za-z0-9-]*)?$/ }
/** Control characters other than tab and line ends, and everything past U+00FF, do not pass. */
export const policyDocument: TextRule = { min: 1, max: 131_072, pattern: /^[\t\n\r\u0020-\u00ff]+$/, demand: LATIN_DEMAND }
export const roleDescription: TextRule = { max: 1_000, pattern: /^[\t\n\r\u0020-\u007e\u00a1-\u00ff]*$/, demand: LATIN_DEMAND }
export const policyDescription: TextRule = { max: 1_000 }
export const usageFilter: TextRule = { oneOf: ['PermissionsPolicy', 'PermissionsBoundary'] }
