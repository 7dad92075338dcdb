import { describe, expect, it } from 'vitest'
import type { JobTiming } from '../../src/aws/last-accessed-job.ts'
import { readLastAccessed } from '../../src/aws/last-accessed-reader.ts'
import type { Progress } from '../../src/ports/aws.ts'
import { roleArn } from './support/accounts.ts'
import { type Answer, type Call, htmlError, standIn, xml, xmlError } from './support/stand-in.ts'

const completed = { JobStatus: 'COMPLETED', JobType: 'ACTION_LEVEL', JobCompletionDate: new Date('2024-03-01T00:00:00Z') }
const service = (ServiceNamespace: string, more: object = {}) => ({ ServiceName: ServiceNamespace, ServiceNamespace, ...more })
const used = new Date('2024-02-01T00:00:00Z')

/** Time that passes at once and is counted. */
function countedTiming(): JobTiming & { readonly slept: number[] } {
  const slept: number[] = []
  return { slept, concurrency: 16, waits: [100, 400], timeout: 1_000, sleep: async (ms) => void slept.push(ms) }
}

type Behaviour = { readonly generate?: (call: Call) => Answer; readonly details?: (call: Call) => Answer }

/** A job's id is the name of its role. */
function server({ generate, details }: Behaviour) {
  return standIn((call) => {
    if (call.action === 'GenerateServiceLastAccessedDetails')
      return generate?.(call) ?? xml(call, { JobId: call.params.Arn?.split('/').at(-1) })
    return details?.(call) ?? xml(call, { ...completed, ServicesLastAccessed: [service('s3')], IsTruncated: false })
  })
}

describe('last-accessed reports', () => {
  it('are read on the level of actions, to the last page', async () => {
    const { clients, calls } = server({
      details: (call) =>
        xml(
          call,
          call.params.Marker === undefined
            ? { ...completed, ServicesLastAccessed: [service('ec2')], IsTruncated: true, Marker: '2' }
            : {
                ...completed,
                IsTruncated: false,
                ServicesLastAccessed: [
                  service('s3', {
                    LastAuthenticated: used,
                    TrackedActionsLastAccessed: [{ ActionName: 'CreateBucket', LastAccessedTime: used }, { ActionName: 'DeleteBucket' }],
                  }),
                ],
              },
        ),
    })
    const { reports, source } = await readLastAccessed(clients, [roleArn('web')], countedTiming())
    expect(calls[0]?.params).toMatchObject({ Arn: roleArn('web'), Granularity: 'ACTION_LEVEL' })
    expect(reports).toEqual([
      {
        roleArn: roleArn('web'),
        observedUntil: '2024-03-01T00:00:00.000Z',
        complete: true,
        problem: null,
        services: [
          { service: 'ec2', lastAccessed: null, actions: null },
          {
            service: 's3',
            lastAccessed: used.toISOString(),
            actions: [
              { action: 's3:CreateBucket', lastAccessed: used.toISOString() },
              { action: 's3:DeleteBucket', lastAccessed: null },
            ],
          },
        ],
      },
    ])
    expect(source).toEqual({
      id: 'last-accessed',
      status: 'connected',
      why: 'reports on 1 of 1 roles',
      observedUntil: '2024-03-01T00:00:00.000Z',
    })
  })

  it('are waited for, longer each time', async () => {
    let asked = 0
    const { clients } = server({
      details: (call) => (++asked < 4 ? xml(call, { JobStatus: 'IN_PROGRESS' }) : xml(call, { ...completed, IsTruncated: false })),
    })
    const timing = countedTiming()
    expect((await readLastAccessed(clients, [roleArn('web')], timing)).reports).toMatchObject([{ complete: true }])
    expect(timing.slept).toEqual([100, 400, 400])
  })

  it.each<[string, Behaviour, string]>([
    ['the job takes too long', { details: (call) => xml(call, { JobStatus: 'IN_PROGRESS' }) }, 'the job was not done after 1 s'],
    [
      'the job fails',
      { details: (call) => xml(call, { JobStatus: 'FAILED', Error: { Code: 'X', Message: 'no data' } }) },
      'the job is FAILED, not COMPLETED: no data',
    ],
    ['the answer is not one of AWS', { details: () => ({ text: '<html></html>' }) }, 'the job is of unknown status, not COMPLETED'],
    [
      'a page marker comes twice',
      { details: (call) => xml(call, { ...completed, IsTruncated: true, Marker: 'again' }) },
      'GetServiceLastAccessedDetails: a page marker came twice, so the list is incomplete',
    ],
    ['the job is lost twice', { details: () => xmlError(404, 'NoSuchEntity') }, 'the job was lost twice'],
    ['the role no longer exists', { generate: () => xmlError(404, 'NoSuchEntity') }, 'the role no longer exists'],
    ['AWS refuses', { details: () => xmlError(400, 'InvalidInput', 'bad') }, 'GetServiceLastAccessedDetails: InvalidInput: bad'],
  ])('are incomplete, with the reason, when %s', async (_, behaviour, problem) => {
    const { clients } = server(behaviour)
    const { reports, source } = await readLastAccessed(clients, [roleArn('web')], countedTiming())
    expect(reports).toMatchObject([{ roleArn: roleArn('web'), complete: false, problem, observedUntil: null, services: [] }])
    expect(source).toEqual({ id: 'last-accessed', status: 'missing', why: problem, observedUntil: null })
  })

  it('are asked for again when the session that started the job is gone', async () => {
    let asked = 0
    const { clients, calls } = server({
      details: (call) => (++asked === 1 ? xmlError(404, 'NoSuchEntity') : xml(call, { ...completed, IsTruncated: false })),
    })
    expect((await readLastAccessed(clients, [roleArn('web')], countedTiming())).reports).toMatchObject([{ complete: true, problem: null }])
    expect(calls.filter((call) => call.action.startsWith('Generate'))).toHaveLength(2)
  })

  it('do not suffer from a role that vanished (F30)', async () => {
    const { clients } = server({
      generate: (call) => (call.params.Arn === roleArn('gone') ? xmlError(404, 'NoSuchEntity') : xml(call, { JobId: 'j' })),
    })
    const { reports, source } = await readLastAccessed(clients, [roleArn('web'), roleArn('gone'), roleArn('db')], countedTiming())
    expect(reports.map((report) => report.complete)).toEqual([true, false, true])
    expect(source).toMatchObject({ status: 'partial', why: 'reports on 2 of 3 roles; elsewhere the role no longer exists' })
  })

  it('are waited for when AWS asks to slow down, and the wait is told', async () => {
    let asked = 0
    // The SDK itself asks three times before it gives up.
    const { clients } = server({ generate: (call) => (++asked <= 3 ? xmlError(400, 'Throttling') : xml(call, { JobId: 'j' })) })
    const timing = countedTiming()
    const waits: number[] = []
    const onProgress: Progress = ({ throttledMs }) => void (throttledMs !== undefined && waits.push(throttledMs))
    expect((await readLastAccessed(clients, [roleArn('web')], timing, { onProgress })).reports).toMatchObject([{ complete: true }])
    expect(timing.slept).toEqual([2_000])
    expect(waits).toEqual([2_000])
  })

  const many = Array.from({ length: 200 }, (_, k) => roleArn(`role-${k}`))

  it.each([
    ['denied', xmlError(403, 'AccessDenied', 'no'), 'GenerateServiceLastAccessedDetails: access denied (no)'],
    ['unknown to the server', xmlError(400, 'InvalidAction', 'what'), 'GenerateServiceLastAccessedDetails: InvalidAction: what'],
    [
      'answered with the page of another server',
      { ...htmlError, status: 501 },
      'GenerateServiceLastAccessedDetails: no proper answer (HTTP 501',
    ],
  ])('are given up soon when the call is %s', async (_, answer, why) => {
    const { clients, calls } = server({ generate: () => answer })
    const { reports, source } = await readLastAccessed(clients, many, countedTiming())
    expect(reports).toEqual([])
    expect(source).toMatchObject({ status: 'missing', why: expect.stringContaining(why) })
    expect(calls.length).toBeLessThan(60)
  })

  it('say for each role that it was not asked about when access ends midway', async () => {
    let asked = 0
    const { clients, calls } = server({ generate: (call) => (++asked > 10 ? xmlError(403, 'ExpiredToken') : xml(call, { JobId: 'j' })) })
    const { reports, source } = await readLastAccessed(clients, many, countedTiming())
    expect(reports).toHaveLength(200)
    expect(reports.filter((report) => report.complete)).toHaveLength(10)
    expect(reports.at(-1)).toMatchObject({ complete: false, problem: expect.stringContaining('ExpiredToken') })
    expect(source.status).toBe('partial')
    expect(calls.length).toBeLessThan(100)
  })

  it('count as they come, and reject when they are cancelled', async () => {
    const stop = new AbortController()
    const { clients } = server({})
    const steps: string[] = []
    const reading = readLastAccessed(clients, many, countedTiming(), {
      signal: stop.signal,
      onProgress: ({ what, done, total }) => {
        steps.push(`${what} ${done}/${total}`)
        if (done === 3) stop.abort()
      },
    })
    await expect(reading).rejects.toMatchObject({ kind: 'cancelled' })
    expect(steps.slice(0, 4)).toEqual(['last-accessed 0/200', 'last-accessed 1/200', 'last-accessed 2/200', 'last-accessed 3/200'])
  })
})
