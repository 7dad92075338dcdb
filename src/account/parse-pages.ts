import { z } from 'zod'
import { type AccountPage, accountPage } from './parse-account-schema.ts'
import { describeIssue, type ShapeProblem } from './parse-issue.ts'
import { plainCheck } from './plain-check.ts'

export type ParsedPages = { readonly ok: true; readonly pages: readonly AccountPage[] } | ({ readonly ok: false } & ShapeProblem)

const lists = ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies']

/** The AWS CLI prints one answer, joined from all pages; a script may have saved them as a list. */
export function parsePages(source: unknown): ParsedPages {
  const isList = Array.isArray(source)
  const result = readPages(isList ? source : [source])
  if (!result.success) {
    const { place, message } = describeIssue(result.error)
    return { ok: false, place: isList ? place : place.replace(/^\[0\]\.?/, ''), message }
  }
  const foreign = [source].flat().findIndex(isForeign)
  if (foreign >= 0) return { ok: false, place: isList ? `[${foreign}]` : '', message: `expected one of ${lists.join(', ')}` }
  return { ok: true, pages: result.data }
}

const accountPages = z.array(accountPage)
const arePages = plainCheck(accountPages)

const readPages = (source: unknown[]): z.ZodSafeParseResult<AccountPage[]> =>
  arePages(source) ? { success: true, data: source as AccountPage[] } : accountPages.safeParse(source)

/** An empty object is an empty account; an object of other things is another file. */
function isForeign(page: unknown): boolean {
  const keys = Object.keys(Object(page))
  return keys.length > 0 && !lists.some((list) => keys.includes(list))
}
