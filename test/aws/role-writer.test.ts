import { describe, expect, it } from 'vitest'
import { createRoleWriter } from '../../src/aws/role-writer.ts'
import type { RoleWriter } from '../../src/ports/aws.ts'
import { standIn, xml, xmlError } from './support/stand-in.ts'

const arn = 'arn:aws:iam::111122223333:policy/zt-tui/P'
const text = '{ "Statement": [] }'

const writes: [action: string, write: (writer: RoleWriter) => Promise<unknown>, params: Record<string, string>, result: unknown][] = [
  [
    'PutRolePolicy',
    (writer) => writer.putRolePolicy('web', 'own', text),
    { RoleName: 'web', PolicyName: 'own', PolicyDocument: text },
    undefined,
  ],
  ['DeleteRolePolicy', (writer) => writer.deleteRolePolicy('web', 'own'), { RoleName: 'web', PolicyName: 'own' }, undefined],
  ['AttachRolePolicy', (writer) => writer.attachRolePolicy('web', arn), { RoleName: 'web', PolicyArn: arn }, undefined],
  ['DetachRolePolicy', (writer) => writer.detachRolePolicy('web', arn), { RoleName: 'web', PolicyArn: arn }, undefined],
  [
    'CreatePolicy',
    (writer) => writer.createPolicy({ name: 'P', path: '/zt-tui/', document: text, description: 'why', tags: [{ key: 'k', value: 'v' }] }),
    { PolicyName: 'P', Path: '/zt-tui/', PolicyDocument: text, Description: 'why', 'Tags.member.1.Key': 'k', 'Tags.member.1.Value': 'v' },
    arn,
  ],
  [
    'CreatePolicyVersion',
    (writer) => writer.createPolicyVersion(arn, text),
    { PolicyArn: arn, PolicyDocument: text, SetAsDefault: 'true' },
    'v2',
  ],
  ['SetDefaultPolicyVersion', (writer) => writer.setDefaultPolicyVersion(arn, 'v1'), { PolicyArn: arn, VersionId: 'v1' }, undefined],
  ['DeletePolicyVersion', (writer) => writer.deletePolicyVersion(arn, 'v1'), { PolicyArn: arn, VersionId: 'v1' }, undefined],
  ['DeletePolicy', (writer) => writer.deletePolicy(arn), { PolicyArn: arn }, undefined],
]

describe('a write', () => {
  it.each(writes)('%s is one call', async (action, write, params, result) => {
    const { clients, calls } = standIn((call) => xml(call, { Policy: { Arn: arn }, PolicyVersion: { VersionId: 'v2' } }))
    await expect(write(createRoleWriter(clients))).resolves.toEqual(result)
    expect(calls.map((call) => call.params)).toEqual([{ Action: action, Version: '2010-05-08', ...params }])
  })

  it.each(writes)('%s is not repeated, whatever the answer', async (action, write) => {
    for (const answer of [xmlError(500, 'ServiceFailure'), xmlError(400, 'Throttling'), xmlError(409, 'LimitExceeded')]) {
      const { clients, calls } = standIn(() => answer)
      await expect(write(createRoleWriter(clients))).rejects.toMatchObject({ name: 'AwsFailure', operation: action })
      expect(calls).toHaveLength(1)
    }
  })

  it('has an unknown outcome when the answer does not name what was made', async () => {
    const { clients } = standIn((call) => xml(call, {}))
    await expect(createRoleWriter(clients).createPolicyVersion(arn, text)).rejects.toMatchObject({ kind: 'unknown-outcome' })
  })
})
