/**
 * One figure of the bench, in a process of its own, so that time and memory are that figure's alone. `bench.ts` starts it with
 * the figure's name and the folder of the generated account, and reads milliseconds of the processor from standard output.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Account } from '../src/account/account.ts'
import { parseAccount } from '../src/account/parse-account.ts'
import { type AccountAnalysis, analyseAccount } from '../src/app/analysis.ts'
import type { Guarding } from '../src/app/guard-role.ts'
import { createProposer } from '../src/app/propose-role.ts'
import { readUsageFile } from '../src/aws/offline-usage.ts'
import { guardsOf } from '../src/change/guards.ts'
import type { Evidence } from '../src/evidence/evidence.ts'
import { noHistory } from '../src/evidence/grant-history.ts'
import { windowEnding } from '../src/evidence/reading.ts'
import { isProved } from '../src/plan/proof.ts'
import { loadCatalog } from '../src/policy/catalog.ts'
import { LARGE_ACCOUNT_NOW } from './large-account.ts'

const [, , figure = '', folder = ''] = process.argv

/** Milliseconds of the processor, on all its cores. */
function spent(work: () => unknown): number {
  const before = process.cpuUsage()
  work()
  return since(before)
}

function since(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
const times = (count: number, work: () => unknown): number[] => Array.from({ length: count }, () => spent(work))

const accountText = (): string => readFileSync(join(folder, 'account.json'), 'utf8')

function read(text: string): Account {
  const parsed = parseAccount(JSON.parse(text))
  if (!parsed.ok) throw new Error(`${parsed.place}: ${parsed.message}`)
  return parsed.account
}

function analyse(account: Account, evidence: Evidence): AccountAnalysis {
  const window = windowEnding(new Date(LARGE_ACCOUNT_NOW), 90, 90)
  return analyseAccount({ scanId: 'bench', account, evidence, catalog: loadCatalog(), window, guarding, pastOf: () => past })
}

const usagePath = join(folder, 'usage.json')
const noEvidence: Evidence = { byRole: new Map(), sources: [], history: noHistory }

async function analysed(): Promise<AccountAnalysis> {
  const account = read(accountText())
  return analyse(account, await readUsageFile(usagePath, account))
}

function judgeAll(analysis: AccountAnalysis): void {
  for (const role of analysis.account.roles) analysis.role(role)
}

/** Nobody is signed in, nothing was changed before, and no trail is read. */
const past = { original: null, history: noHistory }
const lists = { protectedRoles: [], crownJewels: [], changeWindows: [], rehearsal: [] }
const guarding: Guarding = {
  guardsOf: (role, documents) => guardsOf({ role, caller: null, documents, lists, heldBy: null, moment: null }),
  flagsOf: () => [],
}

/** AWS's defaults. */
const limits = {
  inlineSumPerRole: 10_240,
  managedPolicySize: 6_144,
  attachedPerRole: 10,
  versionsPerPolicy: 5,
  extraPolicies: 3,
  finalPolicies: 5,
}

const figures: Readonly<Record<string, () => number | Promise<number>>> = {
  /** What figures are compared with: once, in a process of its own, as they are. */
  parse() {
    const text = accountText()
    return spent(() => JSON.parse(text))
  },
  'parse-both'() {
    const texts = [accountText(), readFileSync(usagePath, 'utf8')]
    return spent(() => texts.map((text) => JSON.parse(text)))
  },
  catalog() {
    return spent(loadCatalog)
  },
  /** From the text of the account, which nobody needs once it is read, to the states and the risk of each role, as far as they are known without evidence. */
  states() {
    const texts = [accountText()]
    return spent(() => judgeAll(analyse(read(texts.pop() ?? ''), noEvidence)))
  },
  /** The same with the usage file, from its bytes on the disk. */
  async 'states-used'() {
    const texts = [accountText()]
    const before = process.cpuUsage()
    const account = read(texts.pop() ?? '')
    judgeAll(analyse(account, await readUsageFile(usagePath, account)))
    return since(before)
  },
  async proposals() {
    const analysis = await analysed()
    judgeAll(analysis)
    return spent(() => {
      const propose = createProposer(analysis, limits)
      for (const role of analysis.account.roles) {
        const unproved = propose(role).stages.find(({ proof }) => !isProved(proof))
        if (unproved !== undefined) throw new Error(`${role.roleName}, stage ${unproved.n}: ${unproved.proof.counterexample}`)
      }
    })
  },
  async administrator() {
    const analysis = await analysed()
    const role = analysis.account.roles.find(({ attached }) => attached.some(({ name }) => name === 'AdministratorAccess'))
    if (role === undefined) throw new Error('the generated account has no administrator')
    const propose = createProposer(analysis, limits)
    return median(times(9, () => propose(role)).slice(3))
  },
}

const measure = figures[figure]
if (measure === undefined) throw new Error(`there is no figure ${figure}`)
process.stdout.write(String(await measure()))
