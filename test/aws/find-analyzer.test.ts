import { describe, expect, it } from 'vitest'
import type { AwsClients } from '../../src/aws/clients.ts'
import { findUnusedAccessAnalyzer } from '../../src/aws/find-analyzer.ts'
import { type Answer, json, jsonError, standIn } from './support/stand-in.ts'

const analyzerIn = (region: string) => ({
  arn: `arn:aws:access-analyzer:${region}:111122223333:analyzer/unused`,
  name: 'unused',
  type: 'ACCOUNT_UNUSED_ACCESS',
  status: 'ACTIVE',
  createdAt: '2024-01-01T00:00:00Z',
})

/** AWS with its regions; the configured one is eu-west-1. */
function regions(answers: Record<string, () => Answer>) {
  const { clients, calls } = standIn((call) => {
    if (call.action !== 'GET /analyzer')
      return json({ analyzer: { ...analyzerIn(call.region), configuration: { unusedAccess: { unusedAccessAge: 30 } } } })
    return (answers[call.region] ?? (() => json({ analyzers: [] })))()
  })
  const aws: AwsClients = { ...clients, isEmulated: async () => false }
  return { aws, asked: () => calls.filter((call) => call.action === 'GET /analyzer').map((call) => call.region) }
}
const denied = (): Answer => jsonError(403, 'AccessDeniedException', 'not here')

describe('the analyzer of unused access', () => {
  it('is looked for in the configured region first', async () => {
    const { aws, asked } = regions({ 'eu-west-1': () => json({ analyzers: [analyzerIn('eu-west-1')] }) })
    expect(await findUnusedAccessAnalyzer(aws, 'aws')).toMatchObject({ found: { region: 'eu-west-1', unusedAccessAge: 30 } })
    expect(asked()).toEqual(['eu-west-1'])
  })

  it('is looked for in us-east-1 next, where Security Hub makes its own', async () => {
    const { aws, asked } = regions({ 'us-east-1': () => json({ analyzers: [analyzerIn('us-east-1')] }) })
    expect(await findUnusedAccessAnalyzer(aws, 'aws')).toMatchObject({ found: { region: 'us-east-1' } })
    expect(asked()).toEqual(['eu-west-1', 'us-east-1'])
  })

  it('is found in any other region, though some of them are closed', async () => {
    const { aws, asked } = regions({
      'us-east-1': denied,
      'sa-east-1': denied,
      'eu-north-1': () => json({ analyzers: [analyzerIn('eu-north-1')] }),
    })
    expect(await findUnusedAccessAnalyzer(aws, 'aws')).toMatchObject({ found: { region: 'eu-north-1' } })
    expect(new Set(asked()).size).toBe(17)
  })

  it('may not exist', async () => {
    const { aws } = regions({})
    expect(await findUnusedAccessAnalyzer(aws, 'aws')).toEqual({ found: null, why: 'no analyzer of unused access in 17 regions' })
  })

  it('is not looked for elsewhere when the configured region refuses', async () => {
    const { aws, asked } = regions({ 'eu-west-1': denied })
    await expect(findUnusedAccessAnalyzer(aws, 'aws')).rejects.toMatchObject({ kind: 'denied' })
    expect(asked()).toEqual(['eu-west-1'])
  })
})
