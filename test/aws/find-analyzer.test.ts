import { describe, expect, it } from 'vitest'
import type { AwsClients } from '../../src/aws/clients.ts'
import { findUnusedAccessAnalyzer } from '../../src/aws/find-analyzer.ts'
import { readAnalyzers } from '../../src/aws/list-analyzers.ts'
import { regionsOfPartition } from '../../src/aws/regions.ts'
import { isNoAnalyzer } from '../../src/evidence/evidence.ts'
import { accountWith } from './support/accounts.ts'
import { type Answer, json, jsonError, standIn } from './support/stand-in.ts'

const analyzerIn = (region: string) => ({
  arn: `arn:aws:access-analyzer:${region}:111122223333:analyzer/unused`,
  name: 'unused',
  type: 'ACCOUNT_UNUSED_ACCESS',
  status: 'ACTIVE',
  createdAt: '2024-01-01T00:00:00Z',
})

/** AWS with its regions; the configured one is eu-west-1. */
function regions(answers: Record<string, () => Answer | Promise<Answer>>) {
  const { clients, calls } = standIn((call) => {
    if (call.action !== 'GET /analyzer')
      return json({ analyzer: { ...analyzerIn(call.region), configuration: { unusedAccess: { unusedAccessAge: 30 } } } })
    return (answers[call.region] ?? (() => json({ analyzers: [] })))()
  })
  const aws: AwsClients = { ...clients, isEmulated: async () => false }
  return { aws, asked: () => calls.filter((call) => call.action === 'GET /analyzer').map((call) => call.region) }
}
const notEnabled = (): Answer => jsonError(403, 'UnrecognizedClientException', 'The security token included in the request is invalid')
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
    expect(new Set(asked()).size).toBe(34)
  })

  it('may not exist', async () => {
    const { aws } = regions({})
    expect(await findUnusedAccessAnalyzer(aws, 'aws')).toEqual({ found: null, why: 'no analyzer of unused access in 34 regions' })
  })

  it('is found elsewhere when the configured region is not enabled or closed by the organization', async () => {
    for (const answer of [denied, notEnabled]) {
      const { aws } = regions({ 'eu-west-1': answer, 'eu-north-1': () => json({ analyzers: [analyzerIn('eu-north-1')] }) })
      expect(await findUnusedAccessAnalyzer(aws, 'aws')).toMatchObject({ found: { region: 'eu-north-1' } })
    }
  })

  it('is not said to be absent where regions could not be asked', async () => {
    const { aws } = regions({ 'eu-north-1': denied })
    const search = await findUnusedAccessAnalyzer(aws, 'aws')
    expect(search).toMatchObject({
      found: null,
      why: expect.stringMatching(/^none in the 33 of 34 regions .*: access denied \(not here\)$/),
    })
    expect(isNoAnalyzer({ id: 'access-analyzer', status: 'missing', observedUntil: null, why: 'why' in search ? search.why : '' })).toBe(
      false,
    )
  })

  it('does not count a region that the account has not enabled', async () => {
    const { aws } = regions({ 'af-south-1': notEnabled, 'me-south-1': notEnabled })
    expect(await findUnusedAccessAnalyzer(aws, 'aws')).toEqual({ found: null, why: 'no analyzer of unused access in 32 regions' })
    const { status, why } = await readAnalyzers(aws, accountWith())
    expect([status, why]).toEqual(['connected', '0 analyzers in 32 of 32 regions'])
  })

  it('is not waited for in a region that never answers', async () => {
    const silent = new AbortController()
    const { aws } = regions({
      'ap-east-1': () => {
        silent.abort()
        // What the SDK's own handler does with a request that is under way.
        throw new DOMException('Request aborted', 'AbortError')
      },
    })
    const asking = { patience: (region: string) => (region === 'ap-east-1' ? silent.signal : new AbortController().signal) }
    expect(await findUnusedAccessAnalyzer(aws, 'aws', asking)).toMatchObject({
      why: expect.stringContaining('none in the 33 of 34 regions that could be asked; ListAnalyzers: ap-east-1 did not answer in time'),
    })
  })

  it('is looked for nowhere when everything is refused, and that is why', async () => {
    const { aws } = regions(Object.fromEntries((regionsOfPartition.aws ?? []).map((region) => [region, denied])))
    await expect(findUnusedAccessAnalyzer(aws, 'aws')).rejects.toMatchObject({ kind: 'denied' })
  })

  it('is not looked for elsewhere when the configured region does not answer', async () => {
    const { aws, asked } = regions({ 'eu-west-1': () => jsonError(500, 'InternalServerException') })
    await expect(findUnusedAccessAnalyzer(aws, 'aws')).rejects.toMatchObject({ kind: 'unavailable' })
    expect(new Set(asked())).toEqual(new Set(['eu-west-1']))
  })
})
