import { describe, expect, it } from 'vitest'
import { type KnownHistory, readGrantHistory } from '../../src/aws/grant-history-reader.ts'
import { type Answer, type Call, json, jsonError, standIn } from './support/stand-in.ts'

const now = new Date('2024-04-01T10:30:00Z')
const SINCE = '2024-01-02T10:30:00.000Z'
const document = '{"Version":"2012-10-17","Statement":[]}'

const event = (eventName: string, eventTime: string, requestParameters: object, more: object = {}) => ({
  EventId: eventTime,
  CloudTrailEvent: JSON.stringify({ eventSource: 'iam.amazonaws.com', eventName, eventTime, requestParameters, ...more }),
})
const put = (eventTime: string, more: object = {}) =>
  event('PutRolePolicy', eventTime, { roleName: 'app', policyName: 'work', policyDocument: document }, more)

/** Events by the name that is asked for. */
function read(
  events: Readonly<Record<string, readonly object[]>>,
  known: KnownHistory | null = null,
  answer?: (call: Call) => Answer | null,
) {
  const { clients, calls } = standIn((call) => {
    const [attribute] = Object(call.body).LookupAttributes
    return answer?.(call) ?? json({ Events: events[attribute.AttributeValue] ?? [] })
  })
  return { calls, answer: readGrantHistory(clients, { partition: 'aws' }, { now, pace: async () => {} }, { known }) }
}

describe('the history of grants', () => {
  it('is asked for by the names of events, for the whole account at once', async () => {
    const { calls, answer } = read({
      PutRolePolicy: [put('2024-03-01T00:00:00Z')],
      AttachRolePolicy: [event('AttachRolePolicy', '2024-02-01T00:00:00Z', { roleName: 'app', policyArn: 'arn:p' })],
      CreatePolicyVersion: [
        event(
          'CreatePolicyVersion',
          '2024-03-02T00:00:00Z',
          { policyArn: 'arn:q', setAsDefault: true },
          { responseElements: { policyVersion: { versionId: 'v4' } } },
        ),
        event(
          'CreatePolicyVersion',
          '2024-03-03T00:00:00Z',
          { policyArn: 'arn:q', setAsDefault: false },
          { responseElements: { policyVersion: { versionId: 'v5' } } },
        ),
      ],
    })
    const { history, source } = await answer
    expect(history).toEqual({
      wholeSince: SINCE,
      edits: [
        { kind: 'SetDefaultPolicyVersion', policyArn: 'arn:q', versionId: 'v4', at: '2024-03-02T00:00:00.000Z' },
        { kind: 'PutRolePolicy', roleName: 'app', policyName: 'work', text: document, at: '2024-03-01T00:00:00.000Z' },
        { kind: 'AttachRolePolicy', roleName: 'app', policyArn: 'arn:p', at: '2024-02-01T00:00:00.000Z' },
      ],
    })
    expect(source).toMatchObject({ id: 'grant-dates', status: 'connected' })
    expect(calls).toHaveLength(6)
  })

  it('counts only what was carried out', async () => {
    const { answer } = read({ PutRolePolicy: [put('2024-03-01T00:00:00Z', { errorCode: 'AccessDenied' })] })
    expect((await answer).history.edits).toEqual([])
  })

  it('begins where its pages end, in an account with too many events', async () => {
    const { answer } = read({}, null, (call) =>
      JSON.stringify(call.body).includes('PutRolePolicy') ? json({ Events: [put('2024-03-01T00:00:00Z')], NextToken: 'more' }) : null,
    )
    const { history, source } = await answer
    expect(history.wholeSince).toBe('2024-03-01T00:00:00.000Z')
    expect(source.status).toBe('partial')
  })

  it('asks only for what is new where an earlier run asked before, and keeps what that one saw', async () => {
    const earlier = { kind: 'DetachRolePolicy', roleName: 'app', policyArn: 'arn:p', at: '2024-02-01T00:00:00.000Z' } as const
    const known = { readAt: '2024-03-31T10:30:00.000Z', history: { wholeSince: '2023-12-01T00:00:00.000Z', edits: [earlier] } }
    const { calls, answer } = read({ PutRolePolicy: [put('2024-03-31T12:00:00Z')] }, known)
    const { history } = await answer
    expect(history.wholeSince).toBe('2023-12-01T00:00:00.000Z')
    expect(history.edits.map(({ kind }) => kind)).toEqual(['PutRolePolicy', 'DetachRolePolicy'])
    expect(new Set(calls.map(({ body }) => body.StartTime))).toEqual(new Set([Date.parse('2024-03-31T08:30:00Z') / 1000]))
  })

  it('is missing, with the reason, where it may not be read', async () => {
    const { answer } = read({}, null, () => jsonError(400, 'AccessDeniedException', 'no'))
    const { history, source } = await answer
    expect(history).toEqual({ wholeSince: null, edits: [] })
    expect(source).toMatchObject({ status: 'missing', why: 'LookupEvents: access denied (no)' })
  })
})
