import { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import type { QueryOperations } from '../protocol/query.ts'
import type { QueryParams } from '../protocol/query-params.ts'
import type { StoredTag } from '../state/column.ts'
import { setPolicyTags } from '../state/policy-table.ts'
import { setRoleTags } from '../state/role-table.ts'
import { setUserTags } from '../state/user-table.ts'
import { customerPolicyAsked, limitExceeded, managedPolicyAsked, roleAsked, roleToDescribe, userAsked } from './lookup.ts'
import { pageEnd, pageOf, pageRequest } from './paging.ts'
import { tagList } from './shapes.ts'

/** Something that has tags: how a request names it, for looking and for changing, and where its tags go. */
type Tagged = {
  readonly label: string
  look(params: QueryParams, context: CallContext): readonly StoredTag[]
  change(params: QueryParams, context: CallContext): { readonly tags: readonly StoredTag[]; store(tags: readonly StoredTag[]): void }
}

const MOST_TAGS = 50
const KEY = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u
const VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u

const kinds: readonly Tagged[] = [
  {
    label: 'Role',
    look: (params, context) => roleAsked(params, context).tags,
    change(params, context) {
      const { id, tags } = roleToDescribe(params, context)
      return { tags, store: (changed) => setRoleTags(context.database, id, changed) }
    },
  },
  {
    label: 'User',
    look: (params, context) => userAsked(params, context).tags,
    change(params, context) {
      const { id, tags } = userAsked(params, context)
      return { tags, store: (changed) => setUserTags(context.database, id, changed) }
    },
  },
  {
    label: 'Policy',
    look: (params, context) => managedPolicyAsked(params, context).tags,
    change(params, context) {
      const { arn, tags } = customerPolicyAsked(params, context)
      return { tags, store: (changed) => setPolicyTags(context.database, arn, changed) }
    },
  },
]

/** `TagRole`, `UntagRole`, `ListRoleTags`, and the same of users and policies. */
export const tagOperations: QueryOperations = Object.assign({}, ...kinds.map(operationsOf))

function operationsOf({ label, look, change }: Tagged): QueryOperations {
  return {
    [`List${label}Tags`]: {
      effect: 'read',
      run(params, context) {
        const page = pageRequest(params, `List${label}Tags ${params.optional(`${label}Name`) ?? params.optional('PolicyArn')}`)
        const sorted = look(params, context).toSorted((a, b) => (a.key < b.key ? -1 : 1))
        const { shown, next } = pageOf(sorted, page, ({ key }) => key)
        return tagList(shown) + pageEnd(next, page.question)
      },
    },
    [`Tag${label}`]: {
      effect: 'write',
      run(params, context) {
        const added = tagsAsked(params)
        const { tags, store } = change(params, context)
        const all = [...tags.filter((tag) => !added.some((one) => sameKey(one.key, tag.key))), ...added]
        if (all.length > MOST_TAGS) throw limitExceeded(`The number of tags has exceeded the maximum allowed: ${MOST_TAGS}`)
        store(all)
        return null
      },
    },
    [`Untag${label}`]: {
      effect: 'write',
      run(params, context) {
        const gone = params.list('TagKeys')
        const { tags, store } = change(params, context)
        store(tags.filter(({ key }) => !gone.some((name) => sameKey(name, key))))
        return null
      },
    },
  }
}

/** IAM keeps the spelling of keys and compares them without case. */
const sameKey = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** The tags of a request, or AWS's refusal. */
export function tagsAsked(params: QueryParams): readonly StoredTag[] {
  const tags = params.tags()
  if (tags.length > MOST_TAGS) throw limitExceeded(`The number of tags has exceeded the maximum allowed: ${MOST_TAGS}`)
  const wrong = tags.find(({ key, value }) => key.length > 128 || value.length > 256 || !KEY.test(key) || !VALUE.test(value))
  if (wrong !== undefined) throw new AwsError('InvalidInput', 400, `The tag ${wrong.key} is not valid.`)
  if (new Set(tags.map(({ key }) => key.toLowerCase())).size < tags.length)
    throw new AwsError('InvalidInput', 400, 'Duplicate tag keys found. Please note that Tag keys are case insensitive.')
  if (tags.some(({ key }) => /^aws:/i.test(key)))
    throw new AwsError('InvalidInput', 400, 'aws: prefixed tag key names are not allowed for external use.')
  return tags
}
