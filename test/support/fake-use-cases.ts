import type { ChangeOptions, Interrupted, Outcome, Refusal } from '../../src/app/use-cases.ts'
import type { ChangeReport, GuardVerdict, HistoryEntry, RoleRow, RoleView, ScanView, WatchedChange } from '../../src/app/views.ts'
import type { JudgedAction } from '../../src/evidence/action-state.ts'
import { type Operation, operationTarget } from '../../src/plan/operation.ts'
import type { PlannedPolicy, PlanStage, RolePlan } from '../../src/plan/plan.ts'
import type { AccessLevel } from '../../src/policy/access-level.ts'
import type { ScreenUseCases } from '../../src/ui/screen-use-cases.ts'
import { exampleReport } from '../report/example-report.ts'

/**
 * An account in memory behind the use cases' interface: 30 roles whose stages can be applied and rolled back, so that a
 * screen test sees the list change. Its clock stands still unless a test moves it.
 */
export type FakeRole = {
  readonly roleName: string
  readonly risk: number
  /** Service, and how many of its actions are unused; the rest of eight is used. */
  readonly services: readonly (readonly [service: string, unused: number])[]
  readonly lastUsedDays: number | null
  readonly guards?: readonly GuardVerdict[]
  readonly flags?: readonly string[]
}

export const fakeNow = new Date('2026-03-31T10:30:00Z')
const day = 86_400_000

const verbs: readonly (readonly [verb: string, level: AccessLevel])[] = [
  ['PutResourcePolicy', 'Permissions management'],
  ['CreateAccessKey', 'Permissions management'],
  ['DeleteThing', 'Write'],
  ['TerminateThings', 'Write'],
  ['UpdateThing', 'Write'],
  ['TagThing', 'Tagging'],
  ['GetThing', 'Read'],
  ['ListThings', 'List'],
]

const named: readonly FakeRole[] = [
  {
    roleName: 'legacy-admin-role',
    risk: 97,
    services: [
      ['iam', 8],
      ['s3', 7],
      ['ec2', 8],
      ['rds', 8],
      ['kms', 8],
      ['lambda', 6],
      ['dynamodb', 8],
      ['sqs', 8],
      ['sns', 8],
    ],
    lastUsedDays: 2,
    flags: ['administrator'],
  },
  {
    roleName: 'ec2-backup-service',
    risk: 84,
    services: [
      ['ec2', 6],
      ['s3', 7],
      ['kms', 8],
    ],
    lastUsedDays: 0.04,
  },
  {
    roleName: 'data-processing-role',
    risk: 79,
    services: [
      ['s3', 6],
      ['ec2', 8],
    ],
    lastUsedDays: 11,
  },
  {
    roleName: 'prod-billing-export',
    risk: 72,
    services: [
      ['s3', 6],
      ['athena', 7],
    ],
    lastUsedDays: 1,
  },
  {
    roleName: 'break-glass-admin',
    risk: 91,
    services: [
      ['iam', 8],
      ['sts', 7],
    ],
    lastUsedDays: null,
    guards: [{ id: 'protected-role', reason: 'The role is marked as protected (break-glass).', overridable: true }],
  },
  {
    roleName: 'AWSServiceRoleForSupport',
    risk: 22,
    services: [['support', 2]],
    lastUsedDays: 200,
    guards: [{ id: 'service-linked', reason: 'AWS owns this role: it is service-linked.', overridable: false }],
  },
  {
    roleName: 'web-app-role',
    risk: 55,
    services: [
      ['s3', 4],
      ['dynamodb', 5],
      ['logs', 2],
    ],
    lastUsedDays: 0.01,
  },
  { roleName: 'tidy-role', risk: 4, services: [['logs', 0]], lastUsedDays: 0.5 },
]

const filler: readonly FakeRole[] = Array.from({ length: 22 }, (_, index): FakeRole => {
  const unused = 2 + ((index * 5) % 7)
  return {
    roleName: `${['batch', 'report', 'etl', 'ci', 'edge'][index % 5] ?? 'x'}-worker-${String(index + 1).padStart(2, '0')}`,
    risk: 68 - index * 3 + (index % 4),
    services: [
      ['s3', unused],
      ['sqs', Math.max(0, unused - 1)],
    ],
    lastUsedDays: (index * 7) % 90,
  }
})

export const fakeRoles: readonly FakeRole[] = [...named, ...filler]

const ok = <T>(value: T): Outcome<T> => ({ ok: true, value })
const refused = <T>(refusal: Refusal): Outcome<T> => ({ ok: false, refusal })

const iso = (date: Date): string => date.toISOString()

function actionsOf(role: FakeRole): readonly JudgedAction[] {
  return role.services.flatMap(([service, unused]) =>
    verbs.map(([verb, accessLevel], index): JudgedAction => {
      const isUnused = index < unused
      const isUnknown = !isUnused && index === unused && unused > 0
      return {
        action: `${service}:${verb}`,
        state: isUnused ? 'unused' : isUnknown ? 'unknown' : 'used',
        lastAccessed: isUnused || isUnknown ? null : iso(new Date(fakeNow.getTime() - 3 * day)),
        source: isUnknown ? null : 'last-accessed',
        reason: isUnknown
          ? 'No source tracks this action.'
          : isUnused
            ? `IAM last accessed saw no use of ${service} by this role in 90 days.`
            : 'Used 3 days ago.',
        evidenceAge: isUnknown ? null : 0,
        accessLevel,
      }
    }),
  )
}

const document = (actions: readonly string[]): object => ({
  Version: '2012-10-17',
  Statement: [{ Sid: 'Everything', Effect: 'Allow', Action: actions, Resource: '*' }],
})

function policyOf(name: string, actions: readonly string[]): PlannedPolicy {
  const body = document(actions)
  return { name, kind: 'inline', document: body, text: JSON.stringify(body) }
}

/** Dangerous actions first, reads last; two stages where there is something for both. */
function stagesOf(role: FakeRole): readonly PlanStage[] {
  const actions = actionsOf(role)
  const isWrite = ({ accessLevel }: JudgedAction): boolean => accessLevel !== 'Read' && accessLevel !== 'List'
  const unused = actions.filter(({ state }) => state === 'unused')
  const parts = [
    { title: 'Writes, deletes and permissions', removes: unused.filter(isWrite) },
    { title: 'Reads and lists', removes: unused.filter((action) => !isWrite(action)) },
  ].filter(({ removes }) => removes.length > 0)
  const granted = actions.map(({ action }) => action)
  return parts.map(({ title, removes }, index): PlanStage => {
    const gone = new Set(parts.slice(0, index).flatMap((part) => part.removes.map(({ action }) => action)))
    const start = granted.filter((action) => !gone.has(action))
    const dropped = new Set(removes.map(({ action }) => action))
    const before = policyOf(
      'everything',
      role.services.map(([service]) => `${service}:*`),
    )
    const after = policyOf(
      'zt-tui-kept',
      start.filter((action) => !dropped.has(action)),
    )
    const operations: readonly Operation[] = [
      { kind: 'PutRolePolicy', policyName: 'zt-tui-kept', before: null, after: after.text },
      { kind: 'DeleteRolePolicy', policyName: 'everything', before: before.text },
      { kind: 'DetachRolePolicy', policyName: 'AdministratorAccess', policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
    ]
    return {
      n: index + 1,
      title,
      startHash: `start-${index}`,
      removes: removes.map(({ action }) => action),
      before: index === 0 ? [before] : [policyOf('zt-tui-kept', start)],
      after: [after],
      operations: operations.map((operation) => ({ ...operation, target: operationTarget(operation) })),
      proof: { noNewAccess: true, usedKept: true, prefixes: true, counterexample: null },
      sizes: {
        inline: after.text.length,
        inlineLimit: 10_240,
        managed: [{ name: 'zt-tui-web-1', size: 5_900, limit: 6_144 }],
        limitOk: true,
      },
      riskAfter: Math.max(5, Math.round(role.risk * (index === 0 ? 0.45 : 0.2))),
      decisions: role.services.length,
    }
  })
}

function planOf(role: FakeRole): RolePlan {
  const actions = actionsOf(role)
  return {
    roleName: role.roleName,
    arn: arnOf(role),
    roleId: roleIdOf(role),
    stateHash: 'state',
    stages: stagesOf(role),
    keptUnknown: actions.filter(({ state }) => state === 'unknown').map(({ action }) => action),
    asked: [],
    required: [],
    dropsFuture: role.services.map(([service]) => service),
    undated: ['everything'],
    notes: [],
  }
}

/** What the user keeps is not removed. */
function withoutKept(plan: RolePlan, keep: readonly string[]): RolePlan {
  const isKept = (action: string): boolean =>
    keep.some((pattern) => (pattern.endsWith(':*') ? action.startsWith(pattern.slice(0, -1)) : action === pattern))
  return { ...plan, stages: plan.stages.map((stage) => ({ ...stage, removes: stage.removes.filter((action) => !isKept(action)) })) }
}

const roleIdOf = (role: FakeRole): string => `AROA${role.roleName.toUpperCase().replace(/[^A-Z0-9]/g, '')}`
const arnOf = (role: FakeRole): string => `arn:aws:iam::123456789012:role/${role.roleName}`

export type FakeOptions = {
  readonly roles?: readonly FakeRole[]
  readonly mode?: ScreenUseCases['mode']
  readonly readOnly?: boolean
  /** False: no overlay fits any role. */
  readonly overlayFits?: boolean
  /** False: the ledger holds no scan yet. */
  readonly stored?: boolean
  readonly interrupted?: readonly Interrupted[]
  /** Waits between the steps of long work; tests leave it out. */
  readonly pause?: (ms: number, signal?: AbortSignal) => Promise<void>
  readonly now?: () => Date
}

export type FakeUseCases = ScreenUseCases & {
  /** What was called, in order: `apply legacy-admin-role 1`. */
  readonly calls: readonly string[]
  /** The next call of this name answers with the refusal, or throws the error. */
  readonly failNext: (name: string, failure: Refusal | Error) => void
  /** What the next watch sees. */
  readonly setWatched: (changes: readonly WatchedChange[]) => void
  /** Puts the newest change of a role into another state: `settled` asks before it is rolled back. */
  readonly setOutcome: (roleName: string, outcome: HistoryEntry['outcome']) => void
}

const saidOfDrift = (options: ChangeOptions | undefined): string => (options?.drift == null ? '' : ` drift ${options.drift}`)

type Ledger = { entries: HistoryEntry[]; interrupted: Interrupted[]; applied: Map<string, number> }

export function createFakeUseCases(options: FakeOptions = {}): FakeUseCases {
  const roles = options.roles ?? fakeRoles
  const now = options.now ?? (() => fakeNow)
  const pause = options.pause ?? (async () => {})
  const calls: string[] = []
  const failures = new Map<string, Refusal | Error>()
  const ledger: Ledger = { entries: [], interrupted: [...(options.interrupted ?? [])], applied: new Map() }
  let counter = 0

  let watched: readonly WatchedChange[] = []

  const log = (call: string): Refusal | null => {
    calls.push(call)
    const name = call.split(' ')[0] ?? ''
    const failure = failures.get(name)
    failures.delete(name)
    if (failure instanceof Error) throw failure
    return failure ?? null
  }

  const find = (roleName: string): FakeRole | undefined => roles.find((role) => role.roleName === roleName)

  const unknownRole = (roleName: string): Refusal => ({ code: 2, id: 'unknown-role', message: `There is no role ${roleName}.`, hint: null })

  const rowOf = (role: FakeRole): RoleRow => {
    const applied = ledger.applied.get(role.roleName) ?? 0
    const stages = stagesOf(role)
    const gone = new Set(stages.slice(0, applied).flatMap(({ removes }) => removes))
    const actions = actionsOf(role).filter(({ action }) => !gone.has(action))
    const count = (state: JudgedAction['state']): number => actions.filter((action) => action.state === state).length
    const riskScore = applied === 0 ? role.risk : (stages[applied - 1]?.riskAfter ?? role.risk)
    const newest = ledger.entries.find((entry) => entry.roleName === role.roleName && entry.kind === 'tighten')
    return {
      roleName: role.roleName,
      arn: arnOf(role),
      roleId: roleIdOf(role),
      accountId: '123456789012',
      path: '/',
      riskScore,
      riskGrade: riskScore >= 90 ? 'critical' : riskScore >= 70 ? 'high' : riskScore >= 40 ? 'medium' : 'low',
      grantedActions: actions.length,
      usedActions: count('used'),
      unusedActions: count('unused'),
      unknownActions: count('unknown'),
      requiredActions: 0,
      unusedPercent: actions.length === 0 ? 0 : Math.round((count('unused') / actions.length) * 1000) / 10,
      lastUsed: role.lastUsedDays === null ? null : iso(new Date(fakeNow.getTime() - role.lastUsedDays * day)),
      protected: (role.guards ?? []).length > 0,
      flags: role.flags ?? [],
      stage: { applied, total: newest === undefined ? null : stages.length, state: newest?.outcome ?? 'open' },
    }
  }

  const viewOf = (role: FakeRole): RoleView => ({
    ...rowOf(role),
    policies: [
      {
        ...policyOf(
          'everything',
          role.services.map(([service]) => `${service}:*`),
        ),
      },
      {
        name: 'shared-logging',
        kind: 'managed',
        arn: 'arn:aws:iam::123456789012:policy/shared-logging',
        document: document(['logs:*']),
        text: '{}',
        attachedTo: 7,
      },
    ],
    trustPolicy: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
    actions: actionsOf(role),
    riskFactors: [
      {
        id: 'admin',
        kind: 'danger',
        points: Math.round(role.risk * 0.6),
        share: role.risk,
        reason: 'Unused write and permission actions on every resource.',
      },
      {
        id: 'trust',
        kind: 'exposure',
        points: Math.round(role.risk * 0.2),
        share: 0,
        reason: 'The trust policy lets any EC2 instance of the account become this role.',
      },
      { id: 'boundary', kind: 'guard', points: 6, share: 0, reason: 'A permissions boundary keeps it inside one region.' },
    ],
    guards: role.guards ?? [],
    history: ledger.entries.filter(({ roleName }) => roleName === role.roleName),
  })

  const scanView = (at: Date): ScanView => ({
    scanId: `scan-${counter}`,
    accountId: '123456789012',
    at: iso(at),
    window: 90,
    minAge: 90,
    catalogDate: '2026-02-01',
    sources: [
      {
        id: 'access-analyzer',
        status: 'connected',
        why: 'zero-trust-analyzer reports unused access after 90 days.',
        observedUntil: iso(at),
      },
      { id: 'last-accessed', status: 'connected', why: 'Covers all roles.', observedUntil: iso(at) },
      { id: 'cloudtrail', status: 'missing', why: 'No trail was given.', observedUntil: null },
    ],
    problems: [],
    roles: roles.map(rowOf),
  })

  type Carry = {
    readonly role: FakeRole
    readonly kind: HistoryEntry['kind']
    readonly stage: number
    readonly undoes?: string
    readonly options: ChangeOptions | undefined
    readonly operations?: readonly Operation[]
  }

  const carry = async ({ role, kind, stage, undoes, options: changing, operations: given }: Carry): Promise<ChangeReport> => {
    const changeId = `chg-${++counter}`
    const operations = given ?? stagesOf(role)[stage - 1]?.operations ?? []
    const n = operations.length
    const tell = (phase: 'preflight' | 'snapshot' | 'settle' | 'verify', text: string): void =>
      changing?.onProgress?.({ changeId, roleName: role.roleName, phase, k: 0, n, outcome: 'started', text, cli: null })
    tell('preflight', '')
    await pause(300)
    tell('snapshot', '')
    await pause(300)
    for (const [index, operation] of operations.entries()) {
      const step = { changeId, roleName: role.roleName, phase: 'operation', k: index + 1, n } as const
      const name = 'policyName' in operation ? operation.policyName : ''
      const text = `${operation.kind} ${name}`
      const cli = `aws iam ${operation.kind.replace(/[A-Z]/g, (letter, at) => `${at === 0 ? '' : '-'}${letter.toLowerCase()}`)} --role-name ${role.roleName} --policy-name ${name}`
      changing?.onProgress?.({ ...step, outcome: 'started', text, cli })
      await pause(500)
      changing?.onProgress?.({ ...step, outcome: 'done', text, cli })
    }
    tell('settle', '60 s')
    await pause(500)
    tell('verify', '')
    if (given === undefined) ledger.applied.set(role.roleName, kind === 'rollback' ? stage - 1 : stage)
    const outcome = kind === 'rollback' || kind === 'release' ? 'rolled-back' : 'soaking'
    const entry: HistoryEntry = {
      changeId,
      roleName: role.roleName,
      stage,
      kind,
      outcome,
      at: iso(now()),
      by: 'prod-admin',
      snapshot: 'sha256:4f1d',
      watch: { visible: 0, total: 0, denied: [] },
      ...(undoes === undefined ? {} : { undoes }),
      ...(changing?.reason == null ? {} : { reason: changing.reason, overrides: changing.overrides ?? [] }),
    }
    ledger.entries = [entry, ...ledger.entries.map((one) => (one.changeId === undoes ? { ...one, outcome: 'rolled-back' as const } : one))]
    return {
      changeId,
      roleName: role.roleName,
      stage,
      outcome,
      operations: operations.map((operation) => ({
        kind: operation.kind,
        target: 'policyName' in operation ? operation.policyName : '',
        outcome: 'done',
        ms: 210,
      })),
      ...(kind === 'rollback' ? { restoredMs: 420 } : {}),
      ms: 1840,
      snapshot: 'sha256:4f1d',
      restoreScript: kind === 'rollback' ? null : `/data/restore/${changeId}/restore.sh`,
      notes: [],
    }
  }

  const undoableOf = (roleName: string): HistoryEntry | undefined =>
    ledger.entries.find((entry) => entry.roleName === roleName && entry.kind === 'tighten' && entry.outcome !== 'rolled-back')

  return {
    mode: options.mode ?? 'demo',
    readOnly: options.readOnly ?? false,
    accountLabel: '123456789012 · prod-admin',
    window: 90,
    dataDir: '/data',
    calls,
    failNext: (name, failure) => void failures.set(name, failure),
    setWatched: (changes) => {
      watched = changes
    },
    setOutcome: (roleName, outcome) => {
      ledger.entries = ledger.entries.map((entry) =>
        entry.roleName === roleName && entry.outcome !== 'rolled-back' ? { ...entry, outcome } : entry,
      )
    },
    now,
    lastScan: async () => {
      log('lastScan')
      return options.stored === false ? null : scanView(new Date(fakeNow.getTime() - 2 * day))
    },
    scan: async (scanning) => {
      const failure = log('scan')
      if (failure !== null) return refused(failure)
      for (let done = 0; done <= roles.length; done += 10) {
        scanning?.onProgress?.({ what: 'roles', done, total: roles.length })
        await pause(250, scanning?.signal)
      }
      return ok(scanView(now()))
    },
    show: async (roleName) => {
      const failure = log(`show ${roleName}`)
      if (failure !== null) return refused(failure)
      const role = find(roleName)
      return role === undefined ? refused(unknownRole(roleName)) : ok(viewOf(role))
    },
    gains: async () => {
      log('gains')
      return new Map(scanView(now()).roles.map(({ arn, riskScore, unusedActions }) => [arn, riskScore / Math.max(1, unusedActions)]))
    },
    plan: async (roleNames, { keep = [], remove = [], overlay = false } = {}) => {
      const said = [...keep.map((one) => `keep ${one}`), ...remove.map((one) => `remove ${one}`), ...(overlay ? ['overlay'] : [])]
      const failure = log(['plan', ...roleNames, ...said].join(' '))
      if (failure !== null) return refused(failure)
      await pause(300)
      const plans = roleNames.flatMap((roleName) => find(roleName) ?? []).map((role) => withoutKept(planOf(role), keep))
      const verdict = { fits: options.overlayFits ?? true, why: options.overlayFits === false ? 'its Deny needs 12,000 characters' : null }
      return ok({
        planVersion: 1,
        accountId: '123456789012',
        scanId: 'scan-0',
        createdAt: iso(now()),
        window: 90,
        minAge: 90,
        roles: overlay ? plans.map((plan) => ({ ...plan, overlay: verdict })) : plans,
      })
    },
    guards: async (roleName) => {
      const failure = log(`guards ${roleName}`)
      return failure === null ? ok(find(roleName)?.guards ?? []) : refused(failure)
    },
    patch: async (plan) => {
      const failure = log(`patch ${plan.roleName}`)
      return failure === null ? ok(`/data/patches/${plan.roleName}-stage-1`) : refused(failure)
    },
    apply: async (plan, stage, changing) => {
      const overrides = (changing?.overrides ?? []).join(' ')
      const why = changing?.reason == null ? '' : `: ${changing.reason}`
      const failure = log(`apply ${plan.roleName} ${stage}${overrides === '' ? '' : ` override ${overrides}${why}`}`)
      if (failure !== null) return refused(failure)
      const role = find(plan.roleName)
      return role === undefined
        ? refused(unknownRole(plan.roleName))
        : ok(await carry({ role, kind: 'tighten', stage: stage ?? 1, options: changing }))
    },
    newBatchId: () => 'batch-1',
    undoable: async (roleName) => {
      const failure = log(`undoable ${roleName}`)
      if (failure !== null) return refused(failure)
      const entry = undoableOf(roleName)
      const why: Refusal = {
        code: 4,
        id: 'nothing-to-undo',
        message: `Nothing to undo: no change of ${roleName} is in effect.`,
        hint: null,
      }
      return entry === undefined ? refused(why) : ok(entry)
    },
    rollback: async (changeId, changing) => {
      const failure = log(`rollback ${changeId}${saidOfDrift(changing)}`)
      if (failure !== null) return refused(failure)
      const entry = ledger.entries.find((one) => one.changeId === changeId)
      const role = entry === undefined ? undefined : find(entry.roleName)
      if (entry === undefined || role === undefined) return refused(unknownRole(changeId))
      return ok(await carry({ role, kind: 'rollback', stage: entry.stage ?? 1, undoes: changeId, options: changing }))
    },
    removedActions: async (changeId) => {
      const failure = log(`removedActions ${changeId}`)
      if (failure !== null) return refused(failure)
      const entry = ledger.entries.find((one) => one.changeId === changeId)
      const role = entry === undefined ? undefined : find(entry.roleName)
      return role === undefined ? refused(unknownRole(changeId)) : ok(stagesOf(role)[(entry?.stage ?? 1) - 1]?.removes ?? [])
    },
    giveBack: async (changeId, action, changing) => {
      const failure = log(`giveBack ${changeId} ${action}`)
      if (failure !== null) return refused(failure)
      const entry = ledger.entries.find((one) => one.changeId === changeId)
      const role = entry === undefined ? undefined : find(entry.roleName)
      if (entry === undefined || role === undefined) return refused(unknownRole(changeId))
      const operations = [{ kind: 'PutRolePolicy', policyName: 'zt-back', before: null, after: '{}' }] as const
      return ok(await carry({ role, kind: 'give-back', stage: entry.stage ?? 1, options: changing, operations }))
    },
    quarantine: async (roleName, changing) => {
      const failure = log(`quarantine ${roleName}`)
      const role = find(roleName)
      if (failure !== null || role === undefined) return refused(failure ?? unknownRole(roleName))
      const operations = [{ kind: 'PutRolePolicy', policyName: 'zt-tui-quarantine', before: null, after: '{}' }] as const
      return ok(await carry({ role, kind: 'quarantine', stage: 1, options: changing, operations }))
    },
    release: async (roleName, changing) => {
      const failure = log(`release ${roleName}${saidOfDrift(changing)}`)
      const role = find(roleName)
      if (failure !== null || role === undefined) return refused(failure ?? unknownRole(roleName))
      const operations = [{ kind: 'DeleteRolePolicy', policyName: 'zt-tui-quarantine', before: '{}' }] as const
      return ok(await carry({ role, kind: 'release', stage: 1, options: changing, operations }))
    },
    watch: async () => {
      const failure = log('watch')
      return failure === null ? ok(watched) : refused(failure)
    },
    report: async () => {
      const failure = log('report')
      return failure === null ? ok(exampleReport()) : refused(failure)
    },
    history: async (roleName) => {
      log('history')
      return ledger.entries.filter((entry) => roleName === undefined || entry.roleName === roleName)
    },
    interrupted: async () => {
      log('interrupted')
      return [...ledger.interrupted]
    },
    recover: async (changeId, way, changing) => {
      const failure = log(`recover ${changeId} ${way}${saidOfDrift(changing)}`)
      if (failure !== null) return refused(failure)
      const open = ledger.interrupted.find((one) => one.changeId === changeId)
      const role = open === undefined ? undefined : find(open.roleName)
      if (open === undefined || role === undefined) return refused(unknownRole(changeId))
      ledger.interrupted = ledger.interrupted.filter((one) => one !== open)
      return ok(await carry({ role, kind: way === 'resume' ? 'tighten' : 'rollback', stage: open.stage ?? 1, options: changing }))
    },
  }
}
