import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { InputFailure } from '../../src/ports/input-failure.ts'
import { LedgerFailure } from '../../src/ports/ledger-failure.ts'
import { clockFrom } from '../../src/workspace/clock.ts'
import { openDemoSandbox } from '../../src/workspace/demo-account.ts'

function inFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'zt-tui-demo-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'demo.sqlite')
}

it('says what is wrong with the disk instead of advising a new demo account', async () => {
  const file = inFolder()
  mkdirSync(`${file}-wal`)
  const opening = openDemoSandbox(file, clockFrom(null))
  await expect(opening).rejects.toThrow(LedgerFailure)
  await expect(opening).rejects.toThrow(/--data-dir|free some space/)
})

it('advises a new one where the file is none', async () => {
  const file = inFolder()
  writeFileSync(file, 'this is no database, however long one reads in it'.repeat(100))
  const opening = openDemoSandbox(file, clockFrom(null))
  await expect(opening).rejects.toThrow(InputFailure)
  await expect(opening).rejects.toThrow('demo reset')
})
