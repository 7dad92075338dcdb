import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it, onTestFinished } from 'vitest'
import type { LastAccessedReport, UnusedAccessFinding } from '../../src/evidence/evidence.ts'
import { archiveAccount } from '../../src/ledger/archive-account.ts'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import type { KeptReport } from '../../src/ports/ledger.ts'
import { temporaryFolder } from './temporary-folder.ts'

const readAt = '2024-04-01T10:30:00.000Z'
const report: LastAccessedReport = {
  roleArn: 'arn:aws:iam::111122223333:role/web',
  observedUntil: readAt,
  complete: true,
  problem: null,
  services: [{ service: 's3', lastAccessed: null, actions: [{ action: 's3:GetBucketAcl', lastAccessed: readAt }] }],
}
const kept = (roleId: string, fingerprint = 'f'): KeptReport => ({ roleId, fingerprint, readAt, report })
const finding = (id: string, updatedAt: string): UnusedAccessFinding => ({
  id,
  analyzerArn: 'arn:aws:access-analyzer:us-east-1:111122223333:analyzer/a',
  roleArn: report.roleArn,
  findingType: 'UnusedPermission',
  status: 'ACTIVE',
  analyzedAt: readAt,
  updatedAt,
  unusedAccessAge: 90,
  complete: true,
  services: report.services,
  lastAccessed: null,
})

function openTemporary() {
  const dataDir = temporaryFolder()
  const ledger = openLedger({ dataDir, restoreOut: null })
  onTestFinished(() => ledger.close())
  return { dataDir, ledger }
}

it('gives back what was kept, account by account', () => {
  const { ledger } = openTemporary()
  ledger.keepEvidence('a', { reports: [kept('R1')], findings: [finding('f1', readAt)], trail: null })
  expect(ledger.keptEvidence('a')).toEqual({ reports: [kept('R1')], findings: [finding('f1', readAt)], trail: null })
  expect(ledger.keptEvidence('b')).toEqual({ reports: [], findings: [], trail: null })
})

it('replaces what changed and forgets what is gone', () => {
  const { ledger } = openTemporary()
  ledger.keepEvidence('a', { reports: [kept('R1'), kept('R2')], findings: [finding('f1', readAt)], trail: null })
  ledger.keepEvidence('a', { reports: [kept('R2', 'other')], findings: [finding('f1', '2024-04-02T00:00:00.000Z')], trail: null })
  expect(ledger.keptEvidence('a')).toEqual({
    reports: [kept('R2', 'other')],
    findings: [finding('f1', '2024-04-02T00:00:00.000Z')],
    trail: null,
  })
})

it.each([
  ['is no text of ours', "UPDATE evidence SET content = x'00'"],
  ['was edited', "UPDATE evidence SET content = CAST(replace(CAST(content AS TEXT), 's3', 's4') AS BLOB)"],
])('counts what %s as absent', (_, damage) => {
  const { dataDir, ledger } = openTemporary()
  ledger.keepEvidence('a', { reports: [kept('R1'), kept('R2')], findings: [], trail: null })
  const file = new DatabaseSync(join(dataDir, 'ledger.sqlite'))
  file.exec(damage)
  file.close()
  expect(ledger.keptEvidence('a').reports).toEqual([])
})

it('gives back every date, and holds what was never used only once', () => {
  const use = (service: string, dates: readonly (string | null)[]) => ({
    service,
    lastAccessed: dates.findLast((date) => date !== null) ?? null,
    actions: dates.map((lastAccessed, k) => ({ action: `${service}:Get${k}`, lastAccessed })),
  })
  const services = [
    [use('s3', [null, null, null]), { service: 'sqs', lastAccessed: null, actions: null }],
    [use('s3', [null, readAt, null]), { service: 'sqs', lastAccessed: readAt, actions: null }],
    [use('s3', [null, null, null]), use('sqs', []), use('ec2', [readAt, null, readAt])],
  ]
  const reports = services.map((one, k) => ({ ...kept(`R${k}`), report: { ...report, services: one } }))
  const { ledger } = openTemporary()
  ledger.keepEvidence('a', { reports, findings: [], trail: null })
  const read = ledger.keptEvidence('a').reports
  expect(read).toEqual(reports)
  expect(read[2]?.report.services[0]).toBe(read[0]?.report.services[0])
})

it('is dropped when the account is archived: the new one has used nothing yet', () => {
  const { dataDir, ledger } = openTemporary()
  ledger.keepEvidence('demo', { reports: [kept('R1')], findings: [], trail: null })
  archiveAccount({ dataDir, from: 'demo', to: 'demo:until 2026' })
  expect(ledger.keptEvidence('demo').reports).toEqual([])
  expect(ledger.keptEvidence('demo:until 2026').reports).toEqual([])
})

it('keeps observations beside the evidence, and lets neither drop the other', () => {
  const { ledger } = openTemporary()
  const calls = {
    status: 'connected',
    why: 'counted',
    observedUntil: readAt,
    value: [{ roleArn: report.roleArn, calls: 3, uses: [] }],
  } as const
  const observed = { calls: { readAt, days: 90, calls }, externalAccess: [], unusedCredentials: [] }
  expect(ledger.keptObservations('a').calls).toBeNull()
  ledger.keepObservations('a', observed)
  ledger.keepEvidence('a', { reports: [kept('R1')], findings: [], trail: null })
  ledger.keepEvidence('a', { reports: [], findings: [], trail: null })
  expect(ledger.keptObservations('a')).toEqual(observed)
  expect(ledger.keptEvidence('a')).toEqual({ reports: [], findings: [], trail: null })
})
