import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readAccountFile } from '../../src/aws/offline-account.ts'
import { readUsageFile } from '../../src/aws/offline-usage.ts'
import { accountWith, roleArn } from './support/accounts.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'saved-output-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function file(content: string | Uint8Array | object): string {
  const path = join(folder, 'saved.json')
  writeFileSync(path, typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content))
  return path
}

const source = { RoleDetailList: [{ Arn: roleArn('wéb') }] }
const text = JSON.stringify(source, null, 2)

describe('an account file', () => {
  it.each<[string, string | Uint8Array]>([
    ['UTF-8', text],
    ['UTF-8 with a mark', `\uFEFF${text}`],
    ['UTF-16 as PowerShell redirects', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16 the other way round', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['a list of pages', `[${text}]`],
  ])('is read: %s', async (_, content) => {
    expect((await readAccountFile(file(content))).roles.map((role) => role.roleName)).toEqual(['wéb'])
  })

  it.each<[string, string, string]>([
    ['is empty', ' \n', 'the file is empty, expected JSON'],
    ['breaks off', '{\n  "RoleDetailList": [', 'line 2, column 22: not valid JSON: expected a value or ]'],
    ['has an error', '{\n  "RoleDetailList": [}', 'line 2, column 22: not valid JSON: expected a value or ]'],
    ['is no JSON', 'An error occurred (AccessDenied)', 'line 1, column 1: not valid JSON: expected a value'],
    ['has the wrong shape', '{"RoleDetailList": [{"RoleName": 1}]}', 'RoleDetailList[0].RoleName: expected string, received number'],
    ['is another file', '{"Roles": []}', 'expected one of UserDetailList, GroupDetailList, RoleDetailList, Policies'],
    ['is an empty object', '{}', 'expected one of UserDetailList, GroupDetailList, RoleDetailList, Policies'],
    ['is an empty list', '[]', 'expected one of UserDetailList, GroupDetailList, RoleDetailList, Policies'],
    ['is a list of others', '[{}, {"Roles": []}]', '[1]: expected one of UserDetailList, GroupDetailList, RoleDetailList, Policies'],
  ])('is refused in one line with the place when it %s', async (_, content, problem) => {
    const path = file(content)
    await expect(readAccountFile(path)).rejects.toMatchObject({ name: 'InputFailure', message: `${path}: ${problem}` })
  })

  it('is refused when it is absent or a folder', async () => {
    await expect(readAccountFile(join(folder, 'none.json'))).rejects.toMatchObject({
      message: `${join(folder, 'none.json')}: no such file`,
    })
    await expect(readAccountFile(folder)).rejects.toMatchObject({ message: `${folder}: is a folder, expected a JSON file` })
  })
})

describe('a usage file', () => {
  const account = accountWith('web', 'db')
  const read = (usage: object) => readUsageFile(file(usage), account)

  it('may hold nothing', async () => {
    const { byRole, sources } = await read({})
    expect(byRole.size).toBe(0)
    expect(sources.map(({ id, status }) => [id, status])).toEqual([
      ['access-analyzer', 'missing'],
      ['last-accessed', 'missing'],
      ['cloudtrail', 'missing'],
      ['grant-dates', 'missing'],
    ])
  })

  it('may hold more than is known', async () => {
    await expect(read({ note: 'mine', credentialReport: 'user,arn\n', observedUntil: '2024-03-31T00:00:00Z' })).resolves.toMatchObject({})
  })

  it.each<[string, object, string]>([
    ['of another file', { RoleDetailList: [] }, 'expected one of accessAnalyzerFindings, analyzers, serviceLastAccessed'],
    ['of a wrong type', { accessAnalyzerFindings: {} }, 'accessAnalyzerFindings: expected array, received object'],
    ['of a date that cannot be read', { observedUntil: 'today' }, 'observedUntil: expected a date'],
    [
      'of a use at no date, which must not pass for "never"',
      { serviceLastAccessed: { [roleArn('web')]: { ServicesLastAccessed: [{ ServiceNamespace: 's3', LastAuthenticated: 'lately' }] } } },
      `serviceLastAccessed["${roleArn('web')}"][0].ServicesLastAccessed[0].LastAuthenticated: expected a date`,
    ],
    [
      'of a hostile key',
      { serviceLastAccessed: { 'a\u001b[2J\u202eb': 3 } },
      'serviceLastAccessed["a\\u001b[2J\\u202eb"][0]: expected object, received number',
    ],
  ])('is refused because %s', async (_, usage, problem) => {
    await expect(read(usage)).rejects.toMatchObject({ name: 'InputFailure', message: expect.stringContaining(problem) })
  })

  it('does no harm with keys that mean something to JavaScript', async () => {
    const path = file(
      '{"__proto__":{"polluted":1},"serviceLastAccessed":{"__proto__":{"JobStatus":"COMPLETED"},"constructor":{"JobStatus":"COMPLETED"}}}',
    )
    expect((await readUsageFile(path, account)).byRole.size).toBe(0)
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted')
  })
})
