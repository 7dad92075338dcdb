import type { TextRule } from '../protocol/query-params.ts'

/** What IAM's service model demands of parameters. */

const NAME = /^[\w+=,.@-]+$/
const SHOWN_NAME = '[\\w+=,.@-]+'

export const roleName: TextRule = { min: 1, max: 64, pattern: NAME, shown: SHOWN_NAME }
export const userName: TextRule = { min: 1, max: 128, pattern: NAME, shown: SHOWN_NAME }
export const policyName: TextRule = { min: 1, max: 128, pattern: NAME, shown: SHOWN_NAME }
export const policyArn: TextRule = { min: 20, max: 2048 }
export const path: TextRule = { min: 1, max: 512, pattern: /^(\/|\/[!-~]+\/)$/, shown: '(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)' }
export const pathPrefix: TextRule = { min: 1, max: 512, pattern: /^\/[!-~]*$/, shown: '\\u002F[\\u0021-\\u007F]*' }
export const policyPath: TextRule = { min: 1, max: 512, pattern: /^((\/[A-Za-z0-9.,+@=_-]+)*)\/$/, shown: '((/[A-Za-z0-9\\.,\\+@=_-]+)*)/' }
export const versionId: TextRule = {
  pattern: /^v[1-9][0-9]*(\.[A-Za-z0-9-]*)?$/,
  shown: 'v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?',
}
/** Control characters other than tab and line ends, and everything past U+00FF, do not pass. */
export const policyDocument: TextRule = {
  min: 1,
  max: 131_072,
  pattern: /^[\t\n\r\u0020-\u00ff]+$/,
  shown: '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+',
}
export const roleDescription: TextRule = {
  max: 1_000,
  pattern: /^[\t\n\r\u0020-\u007e\u00a1-\u00ff]*$/,
  shown: '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*',
}
export const policyDescription: TextRule = { max: 1_000 }
export const usageFilter: TextRule = { oneOf: ['PermissionsPolicy', 'PermissionsBoundary'] }
