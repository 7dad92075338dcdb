import { describe, expect, it } from 'vitest'
import { readRecentCalls } from '../../src/aws/recent-calls-reader.ts'
import { createCalledActions } from '../../src/evidence/called-actions.ts'
import { loadCatalog } from '../../src/policy/catalog.ts'
import { accountWith, roleArn } from './support/accounts.ts'
import { type Answer, type Call, htmlError, json, jsonError, standIn } from './support/stand-in.ts'

const calledActions = createCalledActions(loadCatalog())
const event = (eventSource: string, eventName: string, eventTime: string, more: object = {}) => ({
  EventId: eventTime,
  CloudTrailEvent: JSON.stringify({
    eventSource: `${eventSource}.amazonaws.com`,
    eventName,
    eventTime,
    userIdentity: { type: 'AssumedRole', sessionContext: { sessionIssuer: { arn: roleArn('web') } } },
    ...more,
  }),
})
const page = (...Events: object[]) => json({ Events })
const denied = { errorCode: 'AccessDenied', errorMessage: `User: x is not authorized to perform: s3:PutBucketAcl on resource: y` }

function read(answer: (call: Call) => Answer) {
  const slept: true[] = []
  const { clients, calls } = standIn(answer)
  const how = { calledActions, pace: async () => void slept.push(true) }
  return { calls, slept, answer: readRecentCalls(clients, accountWith('web', 'db'), how) }
}

describe('recent calls', () => {
  it('show use and denials by the actions behind their names', async () => {
    const { answer } = read((call) =>
      call.body.NextToken === undefined && call.target.includes('LookupEvents')
        ? page(
            event('s3', 'ListBuckets', '2024-03-31T10:00:00Z'),
            event('s3', 'PutBucketAcl', '2024-03-31T09:00:00Z', denied),
            event('ec2', 'SomethingNew', '2024-03-31T08:00:00Z'),
            { EventId: 'x', CloudTrailEvent: 'no JSON' },
          )
        : page(),
    )
    const { calls, source } = await answer
    expect(calls.get(roleArn('web'))).toEqual([
      { action: 's3:ListAllMyBuckets', at: '2024-03-31T10:00:00.000Z', denied: false },
      { action: 's3:PutBucketAcl', at: '2024-03-31T09:00:00.000Z', denied: true },
    ])
    expect(source).toMatchObject({ id: 'cloudtrail', status: 'connected', observedUntil: '2024-03-31T10:00:00.000Z' })
  })

  it('are read to a bound, politely', async () => {
    const { answer, calls, slept } = read(() => json({ Events: [event('s3', 'ListBuckets', '2024-03-31T10:00:00Z')], NextToken: 'more' }))
    await answer
    // Four pages of the configured Region and four of the one that holds the events of global services.
    expect([calls.length, slept.length]).toEqual([8, 6])
  })

  it('of a role that is not in the account are left out', async () => {
    const foreign = { userIdentity: { sessionContext: { sessionIssuer: { arn: roleArn('gone') } } } }
    const { answer } = read(() => page(event('s3', 'ListBuckets', '2024-03-31T10:00:00Z', foreign)))
    expect((await answer).calls.size).toBe(0)
  })

  it.each([
    ['a page of another server', htmlError],
    ['a refusal', jsonError(400, 'AccessDeniedException', 'not for you')],
    ['an answer without a list', json({})],
  ])('are missing, with the reason, after %s', async (_, answered) => {
    const { answer, calls } = read(() => answered)
    const { source } = await answer
    expect(source.status).toBe('missing')
    expect(source.why).toMatch(/^LookupEvents: /)
    expect(new Set(calls.map(({ target }) => target)).size).toBe(1)
  })

  it('count as far as they were read', async () => {
    let asked = 0
    const { answer } = read(() =>
      asked++ === 0
        ? json({ Events: [event('s3', 'ListBuckets', '2024-03-31T10:00:00Z')], NextToken: 'more' })
        : jsonError(400, 'InvalidNextTokenException'),
    )
    const { calls, source } = await answer
    expect([calls.size, source.status]).toEqual([1, 'partial'])
  })
})
