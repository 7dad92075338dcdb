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
  ledger.keepEvidence('a', { reports: [kept('R1')], findings: [finding('f1', readAt)] })
  expect(ledger.keptEvidence('a')).toEqual({ reports: [kept('R1')], findings: [finding('f1', readAt)] })
  expect(ledger.keptEvidence('b')).toEqual({ reports: [], findings: [] })
})

it('replaces what changed and forgets what is gone', () => {
  const { ledger } = openTemporary()
  ledger.keepEvidence('a', { reports: [kept('R1'), kept('R2')], findings: [finding('f1', readAt)] })
  ledger.keepEvidence('a', { reports: [kept('R2', 'other')], findings: [finding('f1', '2024-04-02T00:00:00.000Z')] })
  expect(ledger.keptEvidence('a')).toEqual({
    reports: [kept('R2', 'other')],
    findings: [finding('f1', '2024-04-02T00:00:00.000Z')],
  })
})

it('counts a row that cannot be read as absent', () => {
  const { dataDir, ledger } = openTemporary()
  ledger.keepEvidence('a', { reports: [kept('R1'), kept('R2')], findings: [] })
  const file = new DatabaseSync(join(dataDir, 'ledger.sqlite'))
  file.exec("UPDATE evidence SET content = x'00' WHERE id = 'R1'")
  file.close()
  expect(ledger.keptEvidence('a').reports.map(({ roleId }) => roleId)).toEqual(['R2'])
})

it('is dropped when the account is archived: the new one has used nothing yet', () => {
  const { dataDir, ledger } = openTemporary()
  ledger.keepEvidence('demo', { reports: [kept('R1')], findings: [] })
  archiveAccount({ dataDir, from: 'demo', to: 'demo:until 2026' })
  expect(ledger.keptEvidence('demo').reports).toEqual([])
  expect(ledger.keptEvidence('demo:until 2026').reports).toEqual([])
})

it('keeps counted calls beside the evidence, and lets neither drop the other', () => {
  const { ledger } = openTemporary()
  const calls = { status: 'connected', why: 'counted', observedUntil: readAt, value: [{ roleArn: report.roleArn, calls: 3 }] } as const
  expect(ledger.keptCalls('a')).toBeNull()
  ledger.keepCalls('a', { readAt, days: 90, calls })
  ledger.keepEvidence('a', { reports: [kept('R1')], findings: [] })
  ledger.keepEvidence('a', { reports: [], findings: [] })
  expect(ledger.keptCalls('a')).toEqual({ readAt, days: 90, calls })
  expect(ledger.keptEvidence('a')).toEqual({ reports: [], findings: [] })
})
