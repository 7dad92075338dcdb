import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RoleState } from '../../src/account/role-state.ts'
import { cliLine, shellWord } from '../../src/change/cli-line.ts'
import { restoreScript } from '../../src/change/restore-script.ts'
import type { Operation, OwnPolicy, VersionSwitch } from '../../src/plan/operation.ts'
import { role } from '../support/role-builder.ts'

const policyArn = 'arn:aws:iam::123456789012:policy/team'
const own: OwnPolicy = {
  policyName: 'own',
  path: '/zt-tui/',
  policyArn: 'arn:aws:iam::123456789012:policy/zt-tui/own',
  document: '{"o":1}',
  description: "the role's own",
  tags: [{ key: 'k', value: 'a b' }],
}
const versions: VersionSwitch = { policyArn, oldVersionId: 'v2', oldText: '{"two":2}', newText: '{"three":3}' }
const before = role()
  .hasInline('main', '{"main":1}')
  .hasManaged('team', '{"two":2}', { earlier: ['{"one":1}'] }).state

const change: readonly Operation[] = [
  { ...own, kind: 'CreatePolicy' },
  { kind: 'AttachRolePolicy', policyName: 'own', policyArn: own.policyArn },
  { kind: 'PutRolePolicy', policyName: 'main', before: '{"main":1}', after: '{}' },
  { ...versions, kind: 'CreatePolicyVersion' },
  { kind: 'DetachRolePolicy', policyName: 'team', policyArn },
]

/** Runs a restore script with an `aws` that only writes its words down. */
describe('the restore script', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'zt-restore-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  function run(
    state: RoleState,
    operations: readonly Operation[],
    { roleId = state.roleId, changeId = 'c-1' } = {},
  ): { lines: string[]; failed: boolean } {
    for (const [name, content] of restoreScript(changeId, state, operations)) writeFileSync(join(folder, name), content)
    const aws = [
      '#!/bin/sh',
      `case "$2" in`,
      `  get-role) printf '%s\\n' ${shellWord(roleId)} ;;`,
      `  list-policy-versions) echo "$6" > ${shellWord(join(folder, 'query'))}; echo v3 ;;`,
      `  *) for word in "$@"; do printf '<%s>' "$word" >> ${shellWord(join(folder, 'log'))}; done; echo >> ${shellWord(join(folder, 'log'))} ;;`,
      'esac',
    ]
    writeFileSync(join(folder, 'aws'), aws.join('\n'))
    chmodSync(join(folder, 'aws'), 0o755)
    writeFileSync(join(folder, 'log'), '')
    let failed = false
    try {
      execFileSync('/bin/sh', [join(folder, 'restore.sh')], {
        env: { PATH: `${folder}:${process.env.PATH}` },
        cwd: tmpdir(),
        stdio: 'pipe',
      })
    } catch {
      failed = true
    }
    return { lines: readFileSync(join(folder, 'log'), 'utf8').split('\n').filter(Boolean), failed }
  }

  it('gives back first and tidies then, with documents from files, in any folder', () => {
    const { lines, failed } = run(before, change)
    expect(failed).toBe(false)
    expect(lines.map((line) => line.replace(/file:\/\/[^>]*\/(document-\d\.json)/, '$1'))).toEqual([
      `<iam><attach-role-policy><--role-name><web-app><--policy-arn><${policyArn}>`,
      `<iam><set-default-policy-version><--policy-arn><${policyArn}><--version-id><v2>`,
      '<iam><put-role-policy><--role-name><web-app><--policy-name><main><--policy-document><document-1.json>',
      `<iam><delete-policy-version><--policy-arn><${policyArn}><--version-id><v3>`,
      `<iam><detach-role-policy><--role-name><web-app><--policy-arn><${own.policyArn}>`,
      `<iam><delete-policy><--policy-arn><${own.policyArn}>`,
    ])
    expect(readFileSync(join(folder, 'query'), 'utf8')).toBe(
      "Versions[?!IsDefaultVersion && VersionId!='v1' && VersionId!='v2'].VersionId\n",
    )
    expect(readFileSync(join(folder, 'document-1.json'), 'utf8')).toBe('{"main":1}')
    expect(JSON.parse(readFileSync(join(folder, 'role-before.json'), 'utf8'))).toEqual(before)
  })

  it('does nothing to another role of the same name', () => {
    expect(run(before, change, { roleId: 'AROAOTHER' })).toEqual({ lines: [], failed: true })
  })

  it('takes names for names, whatever stands in them', () => {
    const evil = `x'; touch ${join(folder, 'harm')}; echo '$(touch ${join(folder, 'harm')})\n touch ${join(folder, 'harm')} #`
    const state: RoleState = {
      ...before,
      roleName: evil,
      roleId: evil,
      managed: before.managed.map((policy) => ({
        ...policy,
        versions: policy.versions.map((version) => ({ ...version, versionId: evil })),
      })),
    }
    const everywhere: readonly Operation[] = [
      { ...own, policyName: evil, path: evil, policyArn: evil, description: evil, kind: 'DeletePolicy' },
      { ...versions, policyArn, oldVersionId: evil, kind: 'CreatePolicyVersion' },
      { kind: 'PutRolePolicy', policyName: evil, before: evil, after: evil },
      { kind: 'DetachRolePolicy', policyName: evil, policyArn: evil },
    ]
    run(state, everywhere, { changeId: evil })
    expect(() => readFileSync(join(folder, 'harm'))).toThrow()
  })
})

describe('a line of the AWS CLI', () => {
  it.each<[operation: Operation, line: string]>([
    [
      { kind: 'PutRolePolicy', policyName: 'main', before: null, after: '{"a":1}' },
      `aws iam put-role-policy --role-name r --policy-name main --policy-document '{"a":1}'`,
    ],
    [{ kind: 'DeleteRolePolicy', policyName: 'a b', before: '' }, `aws iam delete-role-policy --role-name r --policy-name 'a b'`],
    [
      { ...own, kind: 'CreatePolicy' },
      `aws iam create-policy --policy-name own --path /zt-tui/ --policy-document '{"o":1}' --description 'the role'\\''s own' --tags 'Key=k,Value=a b'`,
    ],
    [
      { ...versions, kind: 'CreatePolicyVersion' },
      `aws iam create-policy-version --policy-arn ${policyArn} --policy-document '{"three":3}' --set-as-default`,
    ],
    [{ ...versions, kind: 'SetDefaultPolicyVersion' }, `aws iam set-default-policy-version --policy-arn ${policyArn} --version-id v2`],
    [{ ...own, kind: 'DeletePolicy' }, `aws iam delete-policy --policy-arn ${own.policyArn}`],
  ])('of %j', (operation, line) => {
    expect(cliLine('r', operation)).toBe(line)
  })
})
