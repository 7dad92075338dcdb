import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutUsage } from '../../src/aws/cut-usage.ts'
import { usageFile } from '../../src/aws/parse-usage.ts'

const rarely = <Value>(usual: fc.Arbitrary<Value>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 30, arbitrary: usual }, { weight: 1, arbitrary: fc.constantFrom<unknown>(null, 3, 'x', [], {}, true) })

const date = rarely(fc.constantFrom('2026-10-01T00:00:00Z', '2026-10-01T02:00:00.5+02:00', '2026-10-01', null))
const name = rarely(fc.constantFrom('GetObject', 'Put"Object', 'Délete\\{[', 's3:x', '\u2028'))
const tracked = fc.record({ ActionName: name, LastAccessedTime: date, Region: fc.constant('eu-west-1') }, { requiredKeys: ['ActionName'] })
const service = rarely(
  fc.record(
    { ServiceName: name, ServiceNamespace: name, LastAuthenticated: date, TrackedActionsLastAccessed: rarely(fc.array(tracked)) },
    { requiredKeys: ['ServiceNamespace'] },
  ),
)
const page = fc.record(
  { JobStatus: rarely(fc.constant('COMPLETED')), JobCompletionDate: date, ServicesLastAccessed: rarely(fc.array(service)), Marker: name },
  { requiredKeys: [] },
)
const detail = fc.record({
  unusedPermissionDetails: fc.record({ serviceNamespace: name, actions: fc.array(fc.record({ action: name, lastAccessed: date })) }),
})
const finding = fc.record({ id: name, resource: name, updatedAt: date, findingDetails: rarely(fc.array(detail)) }, { requiredKeys: [] })
const usage = fc.record(
  {
    observedUntil: date,
    serviceLastAccessed: rarely(fc.dictionary(fc.constantFrom('web', 'db', '"q"', 'constructor'), fc.oneof(page, fc.array(page)))),
    accessAnalyzerFindings: rarely(fc.array(finding)),
    other: name,
  },
  { requiredKeys: [] },
)

const cut = (text: string) => cutUsage(Buffer.from(text))

describe('a usage file read piece by piece', () => {
  it('says what the file says when it is read whole, or leaves it to that', () => {
    fc.assert(
      fc.property(usage, fc.constantFrom(undefined, 2, '\t'), (value, space) => {
        const text = JSON.stringify(value, null, space)
        const whole = usageFile.safeParse(JSON.parse(text))
        const pieces = cut(text)
        if (!whole.success) expect(pieces).toBeNull()
        else if (pieces !== null) expect(pieces).toEqual(whole.data)
      }),
      { numRuns: 400 },
    )
  })

  it('takes every text that is not JSON for unusual', () => {
    fc.assert(
      fc.property(usage, fc.nat(), fc.constantFrom('', ',', '"', '}', ']', '{', ':', 'x', '\\'), (value, place, put) => {
        const text = JSON.stringify(value)
        const at = place % text.length
        const broken = text.slice(0, at) + put + text.slice(at + 1)
        if (!isJson(broken)) expect(cut(broken)).toBeNull()
      }),
      { numRuns: 1_000 },
    )
  })

  it.each([
    ['is empty', ''],
    ['goes on after its end', '{"serviceLastAccessed":{}}{}'],
    ['gives a role twice', '{"serviceLastAccessed":{"web":{},"web":{}}}'],
    ['is something else', '{"Users":[]}'],
    ['is a list', '[]'],
    ['begins with a mark', '\uFEFF{"serviceLastAccessed":{}}'],
  ])('leaves to the slower way what %s', (_, text) => {
    expect(cut(text)).toBeNull()
  })

  it('gives one value for rows that are alike', () => {
    const row = { ServiceNamespace: 's3', TrackedActionsLastAccessed: [{ ActionName: 'GetObject' }] }
    const found = cut(
      JSON.stringify({ serviceLastAccessed: { web: { ServicesLastAccessed: [row] }, db: { ServicesLastAccessed: [row] } } }),
    )
    const rowOf = (role: string) => found?.serviceLastAccessed?.[role]?.[0]?.ServicesLastAccessed?.[0]
    expect(rowOf('web')).toMatchObject({ ServiceNamespace: 's3' })
    expect(rowOf('web')).toBe(rowOf('db'))
  })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
