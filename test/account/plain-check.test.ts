import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { accountPage } from '../../src/account/parse-account-schema.ts'
import { plainCheck } from '../../src/account/plain-check.ts'

const isAccountPage = plainCheck(accountPage)

/** Values of any kind under the names of an answer, so that right and wrong ones come about. */
const anything = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, '', 'text', 1, Number.NaN, Number.POSITIVE_INFINITY, true, [], {}, [null], ['a'], new Date(0)),
  fc.constant(new Date(Number.NaN)),
)
const names = 'Arn RoleName CreateDate Tags Key Value RolePolicyList PolicyName PolicyDocument GroupList AttachmentCount IsDefaultVersion'
const fields = fc.dictionary(fc.constantFrom(...names.split(' '), 'RoleLastUsed', 'PermissionsBoundary', 'PolicyVersionList'), anything)
const items = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fields },
    { weight: 1, arbitrary: anything },
    {
      weight: 2,
      arbitrary: fc.record({ Tags: fc.array(fields), RolePolicyList: fc.array(fields), PolicyVersionList: fc.array(fields) }),
    },
  ),
)
const pages = fc.oneof(
  anything,
  fc.record({ UserDetailList: items, GroupDetailList: items, RoleDetailList: items, Policies: items, IsTruncated: anything }),
  fc.record({ RoleDetailList: items, Other: anything }),
)

describe('a quick look at the shape of an answer', () => {
  it('says yes to what the schema takes, and to nothing else', () => {
    fc.assert(
      fc.property(pages, (page) => isAccountPage(page) === accountPage.safeParse(page).success),
      { numRuns: 2_000 },
    )
  })

  it('lets the schema decide where the schema changes or tests a value', () => {
    const trimmed = z.object({ name: z.string().transform((name) => name.trim()) })
    const short = z.string().max(3)
    expect([plainCheck(trimmed)({ name: 'a' }), plainCheck(short)('a')]).toEqual([false, false])
  })
})
