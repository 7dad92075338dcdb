import { describe, expect, it } from 'vitest'
import { parseArn } from '../../src/account/parse-arn.ts'

describe('an ARN taken apart', () => {
  it.each([
    ['arn:aws:iam::111122223333:role/web', { partition: 'aws', accountId: '111122223333', kind: 'role', path: '/', name: 'web' }],
    [
      'arn:aws-cn:iam::111122223333:role/a/b/web',
      { partition: 'aws-cn', accountId: '111122223333', kind: 'role', path: '/a/b/', name: 'web' },
    ],
    [
      'arn:aws:iam::aws:policy/job-function/Billing',
      { partition: 'aws', accountId: null, kind: 'policy', path: '/job-function/', name: 'Billing' },
    ],
    [
      'arn:aws:sts::111122223333:assumed-role/web/me',
      { partition: 'aws', accountId: '111122223333', kind: 'assumed-role', path: '/web/', name: 'me' },
    ],
  ])('%s', (arn, parts) => {
    expect(parseArn(arn)).toEqual(parts)
  })

  it.each(['', 'role/web', 'arn:aws:iam::111122223333', 'arn:aws:iam::111122223333:root', 'arn:aws:iam::1:role/', '::::::'])(
    '%j is none',
    (arn) => {
      expect(parseArn(arn)).toBeNull()
    },
  )
})
