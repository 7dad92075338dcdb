import { describe, expect, it } from 'vitest'
import { readCredentialReport } from '../../src/aws/credential-report-reader.ts'
import { parseCredentialReport } from '../../src/aws/parse-credential-report.ts'
import { standIn, xml } from './support/stand-in.ts'

const head =
  'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated'
const root =
  '<root_account>,arn:aws:iam::111122223333:root,2020-01-01T00:00:00+00:00,not_supported,2024-02-01T00:00:00+00:00,not_supported,not_supported,false,true,2021-01-01T00:00:00+00:00,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A'
const alice =
  'alice,arn:aws:iam::111122223333:user/alice,2022-01-01T00:00:00+00:00,true,no_information,2022-01-02T00:00:00+00:00,N/A,true,true,2023-01-01T00:00:00+00:00,2024-03-01T10:00:00+00:00,us-east-1,s3,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A'
const csv = `${head}\n${root}\n${alice}`

describe('the credential report', () => {
  it('says how each user signs in, and when they last did', () => {
    expect(parseCredentialReport(csv)).toEqual([
      {
        userName: '<root_account>',
        arn: 'arn:aws:iam::111122223333:root',
        isRoot: true,
        hasPassword: null,
        passwordLastUsed: '2024-02-01T00:00:00.000Z',
        passwordChanged: null,
        hasMfa: false,
        keys: [{ slot: 1, isActive: true, lastUsed: null, lastUsedService: null, lastRotated: '2021-01-01T00:00:00.000Z' }],
      },
      {
        userName: 'alice',
        arn: 'arn:aws:iam::111122223333:user/alice',
        isRoot: false,
        hasPassword: true,
        passwordLastUsed: null,
        passwordChanged: '2022-01-02T00:00:00.000Z',
        hasMfa: true,
        keys: [
          { slot: 1, isActive: true, lastUsed: '2024-03-01T10:00:00.000Z', lastUsedService: 's3', lastRotated: '2023-01-01T00:00:00.000Z' },
        ],
      },
    ])
  })

  it('may end its lines as Windows does, quote its cells and begin with a mark', () => {
    const quoted = `\ufeff${head}\r\n${alice.replace('alice', '"al, ""ice"""')}\r\n`
    expect(parseCredentialReport(quoted)?.map(({ userName }) => userName)).toEqual(['al, "ice"'])
  })

  it.each(['', '<html>Oops</html>', 'a,b\n1,2', '"unclosed'])('is none where the text is %j', (text) => {
    expect(parseCredentialReport(text)).toBeNull()
  })

  it('is waited for and read', async () => {
    const states = ['STARTED', 'INPROGRESS', 'COMPLETE']
    const { clients } = standIn((call) =>
      call.action === 'GenerateCredentialReport'
        ? xml(call, { State: states.shift() })
        : xml(call, {
            Content: Buffer.from(csv).toString('base64'),
            ReportFormat: 'text/csv',
            GeneratedTime: new Date('2024-04-01T00:00:00Z'),
          }),
    )
    const slept: number[] = []
    const timing = { waits: [10, 20], timeout: 1_000, sleep: async (ms: number) => void slept.push(ms) }
    const { status, value, observedUntil } = await readCredentialReport(clients, timing)
    expect([status, value.length, observedUntil, slept]).toEqual(['connected', 2, '2024-04-01T00:00:00.000Z', [10, 20]])
  })

  it('is missing when it is never done', async () => {
    const { clients } = standIn((call) => xml(call, { State: 'INPROGRESS' }))
    const { status, why } = await readCredentialReport(clients, { waits: [500], timeout: 1_000, sleep: async () => {} })
    expect([status, why]).toEqual(['missing', 'the credential report was not done after 1 s'])
  })
})
