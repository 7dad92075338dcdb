import type { QueryOperations } from '../protocol/query.ts'
import { element, instant, members, wrap } from '../protocol/xml.ts'
import { groupsAfter, type StoredUser, usersAfter } from '../state/user-table.ts'
import { userAsked } from './lookup.ts'
import { cutPage, pageEnd, pageRequest } from './paging.ts'
import * as rules from './rules.ts'
import { boundaryElement, groupCore, tagList, userCore } from './shapes.ts'

/** Users and groups, for looking. */
export const userOperations: QueryOperations = {
  ListUsers: {
    effect: 'read',
    run(params, context) {
      const pathPrefix = params.optional('PathPrefix', rules.pathPrefix)
      const page = pageRequest(params, `ListUsers ${pathPrefix}`)
      const rows = usersAfter(context.database, { after: page.after, limit: page.limit + 1, pathPrefix })
      const { shown, next } = cutPage(rows, page.limit, (user) => user.name.toLowerCase())
      return members('Users', shown, (user) => userCore(user, context) + passwordLastUsed(user)) + pageEnd(next, page.question)
    },
  },

  GetUser: {
    effect: 'read',
    run(params, context) {
      const user = userAsked(params, context)
      const tags = user.tags.length > 0 ? tagList(user.tags) : ''
      return wrap('User', userCore(user, context) + passwordLastUsed(user) + boundaryElement(user.boundary) + tags)
    },
  },

  ListGroups: {
    effect: 'read',
    run(params, context) {
      const pathPrefix = params.optional('PathPrefix', rules.pathPrefix)
      const page = pageRequest(params, `ListGroups ${pathPrefix}`)
      const rows = groupsAfter(context.database, { after: page.after, limit: page.limit + 1, pathPrefix })
      const { shown, next } = cutPage(rows, page.limit, (group) => group.name.toLowerCase())
      return members('Groups', shown, (group) => groupCore(group, context)) + pageEnd(next, page.question)
    },
  },
}

function passwordLastUsed(user: StoredUser): string {
  return user.passwordLastUsed === null ? '' : element('PasswordLastUsed', instant(user.passwordLastUsed))
}
