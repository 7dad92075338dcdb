import { expect, it } from 'vitest'
import type { UnusedCredential, UserCredentials } from '../../src/evidence/account-observations.ts'
import { windowEnding } from '../../src/evidence/reading.ts'
import { findCredentialTrouble } from '../../src/report/findings/user-credentials.ts'

const now = new Date('2024-04-01T10:30:00Z')
const OLD = '2023-06-01T00:00:00.000Z'
const LATELY = '2024-03-30T00:00:00.000Z'

const ann: UserCredentials = {
  userName: 'ann',
  arn: 'arn:aws:iam::111122223333:user/ann',
  isRoot: false,
  hasPassword: true,
  passwordLastUsed: OLD,
  passwordChanged: OLD,
  hasMfa: true,
  keys: [],
}
const found = (more: Partial<UnusedCredential> = {}): UnusedCredential => ({
  id: 'f',
  userArn: ann.arn,
  userName: 'ann',
  kind: 'password',
  accessKeyId: null,
  lastUsed: null,
  unusedAccessAge: 90,
  analyzedAt: LATELY,
  updatedAt: LATELY,
  complete: true,
  ...more,
})
const key = (more: Partial<UnusedCredential> = {}) => found({ kind: 'access-key', accessKeyId: 'AKIA1', ...more })

it.each<[what: string, users: readonly UserCredentials[], findings: readonly UnusedCredential[], said: readonly (readonly string[])[]]>([
  ['the report alone', [ann], [], [['password', 'credentials']]],
  [
    'the analyzer alone, where there is no report',
    [],
    [found(), key()],
    [
      ['password', 'unusedCredentials'],
      ['access-key', 'unusedCredentials'],
    ],
  ],
  ['both, once', [ann], [found({ lastUsed: OLD })], [['password', 'credentials', 'unusedCredentials']]],
  ['the report, where it saw use that the analyzer did not', [{ ...ann, passwordLastUsed: LATELY }], [found()], []],
  ['nobody, where the analyzer looks back for less than the window', [], [found({ unusedAccessAge: 30 })], []],
  [
    'the last use, where it is past the window for all that',
    [],
    [found({ unusedAccessAge: 30, lastUsed: OLD })],
    [['password', 'unusedCredentials']],
  ],
  ['nobody, where the finding is old', [], [found({ analyzedAt: OLD })], []],
  ['nobody, where its details could not be read', [], [found({ complete: false })], []],
])('an idle credential is told by %s', (_, users, findings, said) => {
  const { unusedPasswords, unusedAccessKeys } = findCredentialTrouble(users, findings, windowEnding(now, 90, 90))
  expect([...unusedPasswords, ...unusedAccessKeys].map(({ kind, sources }) => [kind, ...sources])).toEqual(said)
})

it('a key that the report counts gets its name from the analyzer', () => {
  const slot = (one: 1 | 2, lastUsed: string | null) => ({ slot: one, isActive: true, lastUsed, lastUsedService: null, lastRotated: OLD })
  const users = [{ ...ann, hasPassword: false, keys: [slot(1, null), slot(2, OLD)] }]
  const { unusedAccessKeys } = findCredentialTrouble(users, [key({ lastUsed: OLD })], windowEnding(now, 90, 90))
  expect(unusedAccessKeys.map(({ slot: at, accessKeyId }) => [at, accessKeyId])).toEqual([
    [1, null],
    [2, 'AKIA1'],
  ])
})
