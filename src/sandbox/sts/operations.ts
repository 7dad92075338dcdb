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
  },
})
