import { AwsError } from '../aws-error.ts'
import { queryService } from '../protocol/query.ts'
import { element } from '../protocol/xml.ts'
import { assumeRole } from './assume-role.ts'

/** `GetCallerIdentity` needs no permission; `AssumeRole` asks the trust policy first and decides by itself. */
export const stsService = queryService({
  id: 'sts',
  version: '2011-06-15',
  namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  operations: {
    GetCallerIdentity: {
      effect: 'read',
      run(_params, { caller, accountId }) {
        return element('Arn', caller.arn) + element('UserId', caller.userId) + element('Account', accountId)
      },
    },
    AssumeRole: assumeRole,
    /** Whose key it is: every key speaks for this account. */
    GetAccessKeyInfo: {
      effect: 'read',
      run(params, { accountId }) {
        params.required('AccessKeyId', { min: 16, max: 128, pattern: /^\w*$/ })
        return element('Account', accountId)
      },
    },
    /** Denials of this account are readable as they are: there is no message to decode. */
    DecodeAuthorizationMessage: {
      effect: 'read',
      run(params) {
        params.required('EncodedMessage', { min: 1, max: 10_240 })
        throw new AwsError('InvalidAuthorizationMessageException', 400, 'Message is not valid')
      },
    },
  },
})
