/** Credentials that an admin may look for. This account has second factors only; of the other kinds nobody has any. */
import type { QueryOperation, QueryOperations } from '../protocol/query.ts'
import { element, instant, members, wrap } from '../protocol/xml.ts'
import { mfaDevicesOf } from '../state/credential-table.ts'
import { usersAfter } from '../state/user-table.ts'
import { userAsked } from './lookup.ts'
import { pageEnd, pageOf, pageRequest } from './paging.ts'
import { userCore } from './shapes.ts'

export const rareCredentialOperations: QueryOperations = {
  ListSigningCertificates: noneOfUser('Certificates'),
  ListSSHPublicKeys: noneOfUser('SSHPublicKeys'),
  ListServiceSpecificCredentials: noneOfUser('ServiceSpecificCredentials'),
  ListServerCertificates: { effect: 'read', run: () => wrap('ServerCertificateMetadataList', '') + pageEnd(null, '') },

  ListVirtualMFADevices: {
    effect: 'read',
    run(params, context) {
      const status = params.optional('AssignmentStatus', { oneOf: ['Assigned', 'Unassigned', 'Any'] }) ?? 'Any'
      const page = pageRequest(params, `ListVirtualMFADevices ${status}`)
      const users = status === 'Unassigned' ? [] : usersAfter(context.database, { after: '', limit: -1 })
      const devices = users.flatMap((user) => mfaDevicesOf(context.database, user.id).map((device) => ({ ...device, user })))
      const sorted = devices.sort((a, b) => (a.serial < b.serial ? -1 : 1))
      const { shown, next } = pageOf(sorted, page, ({ serial }) => serial)
      const list = members(
        'VirtualMFADevices',
        shown,
        ({ serial, enableDate, user }) =>
          element('SerialNumber', serial) + wrap('User', userCore(user, context)) + element('EnableDate', instant(enableDate)),
      )
      return list + pageEnd(next, page.question)
    },
  },
}

function noneOfUser(list: string): QueryOperation {
  return {
    effect: 'read',
    run(params, context) {
      userAsked(params, context)
      return wrap(list, '') + pageEnd(null, '')
    },
  }
}
