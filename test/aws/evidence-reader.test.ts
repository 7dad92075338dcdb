import { describe, expect, it } from 'vitest'
import { createEvidenceReader } from '../../src/aws/evidence-reader.ts'
import { accountWith, roleArn } from './support/accounts.ts'
import { type Call, htmlError, json, standIn, xml } from './support/stand-in.ts'

const analyzer = { arn: 'arn:analyzer', name: 'a', type: 'ACCOUNT_UNUSED_ACCESS', status: 'ACTIVE', createdAt: '2024-01-01T00:00:00Z' }
const finding = { id: 'f', resource: roleArn('web'), resourceType: 'AWS::IAM::Role', status: 'ACTIVE', findingType: 'UnusedIAMRole' }

function accessAnalyzer(call: Call) {
  if (call.action === 'GET /analyzer') return json({ analyzers: [analyzer] })
  if (call.action === 'GET /analyzer/a') return json({ analyzer })
  return json(call.action === 'POST /findingv2' ? { findings: [finding] } : { ...finding, findingDetails: [{ unusedIamRoleDetails: {} }] })
}

describe('the evidence', () => {
  it('stands under the role that it is about', async () => {
    const { clients } = standIn((call) => {
      if (call.service === 'access-analyzer') return accessAnalyzer(call)
      return xml(call, call.action.startsWith('Generate') ? { JobId: 'j' } : { JobStatus: 'COMPLETED', IsTruncated: false })
    })
    const { byRole, sources } = await createEvidenceReader(clients).readEvidence(accountWith('web', 'db'))
    expect([...byRole.keys()].sort()).toEqual([roleArn('db'), roleArn('web')])
    expect(byRole.get(roleArn('web'))).toMatchObject({ lastAccessed: { complete: true }, findings: [{ id: 'f' }], calls: [] })
    expect(byRole.get(roleArn('db'))).toMatchObject({ lastAccessed: { complete: true }, findings: [] })
    expect(sources.map(({ id, status }) => [id, status])).toEqual([
      ['access-analyzer', 'connected'],
      ['last-accessed', 'connected'],
      ['cloudtrail', 'missing'],
      ['grant-dates', 'missing'],
    ])
  })

  it('is nothing, with reasons, on a server that knows neither source', async () => {
    const { clients } = standIn(() => htmlError)
    const { byRole, sources } = await createEvidenceReader(clients).readEvidence(accountWith('web', 'db', 'app'))
    expect(byRole.size).toBe(0)
    expect(sources.map(({ status }) => status)).toEqual(['missing', 'missing', 'missing', 'missing'])
    for (const source of sources) expect(source.why).not.toMatch(/<|\n/)
  })

  it('of one source does not depend on the other', async () => {
    const { clients } = standIn((call) => (call.service === 'access-analyzer' ? accessAnalyzer(call) : htmlError))
    const { byRole } = await createEvidenceReader(clients).readEvidence(accountWith('web', 'db'))
    expect(byRole.get(roleArn('web'))).toMatchObject({ lastAccessed: { complete: false }, findings: [{ id: 'f' }] })
    expect(byRole.get(roleArn('db'))).toMatchObject({
      lastAccessed: { complete: false, problem: expect.stringContaining('HTTP 500') },
      findings: [],
    })
  })

  it('rejects when it is cancelled', async () => {
    const { clients } = standIn(() => htmlError)
    const reading = createEvidenceReader(clients).readEvidence(accountWith('web'), { signal: AbortSignal.abort() })
    await expect(reading).rejects.toMatchObject({ name: 'AwsFailure', kind: 'cancelled' })
  })
})
