import type { ManagedPolicy, Role } from '../../src/account/account.ts'
import { createPolicyReader, type PolicyReader, type RolePolicy } from '../../src/account/role-policies.ts'
import type { ManagedPolicyState, RoleState } from '../../src/account/role-state.ts'
import type { RoleJudgement } from '../../src/evidence/judge.ts'
import { withoutOverlay } from '../../src/plan/overlay.ts'
import type { RolePlan } from '../../src/plan/plan.ts'
import { proposeRole } from '../../src/plan/propose.ts'
import type { FutureToKeep, ShapeLimits } from '../../src/plan/shape.ts'
import { difference, intersection, union } from '../../src/policy/action-set.ts'
import { grantedActions } from '../../src/policy/grants.ts'
import { createPatternGrouper } from '../../src/policy/pattern-groups.ts'
import { patternSet, type Universe } from '../../src/policy/universe.ts'
import type { RawPolicy, RawStatement } from './evaluator.ts'

export const accountId = '123456789012'

type StatementOptions = {
  readonly on?: string | readonly string[]
  readonly when?: NonNullable<RawStatement['Condition']>
  readonly sid?: string
}

type ManagedOptions = {
  /** How many principals have it. */
  readonly attachedTo?: number
  readonly boundaryOf?: number
  /** Texts of earlier versions, oldest first. */
  readonly earlier?: readonly (RawPolicy | string)[]
  readonly path?: string
}

const textOf = (document: RawPolicy | string): string => (typeof document === 'string' ? document : JSON.stringify(document))

/**
 * A role as tests say it: `role('web-app').allows('s3:*').denies('s3:DeleteBucket').hasManaged('team', …)`. Each step gives a new
 * builder; statements said without a policy stand in the inline policy `main`.
 */
export class RoleBuilder {
  readonly state: RoleState

  constructor(state: RoleState) {
    this.state = state
  }

  allows(actions: string | readonly string[], options: StatementOptions = {}): RoleBuilder {
    return this.says('Allow', actions, options)
  }

  denies(actions: string | readonly string[], options: StatementOptions = {}): RoleBuilder {
    return this.says('Deny', actions, options)
  }

  private says(Effect: 'Allow' | 'Deny', Action: string | readonly string[], { on = '*', when, sid }: StatementOptions): RoleBuilder {
    const text = this.state.inline.find(({ name }) => name === 'main')?.text
    const main =
      text === undefined ? { Version: '2012-10-17', Statement: [] } : (JSON.parse(text) as { Version: string; Statement: RawStatement[] })
    const statement = {
      ...(sid === undefined ? {} : { Sid: sid }),
      Effect,
      Action,
      Resource: on,
      ...(when === undefined ? {} : { Condition: when }),
    }
    return this.hasInline('main', { ...main, Statement: [...main.Statement, statement] })
  }

  hasInline(name: string, document: RawPolicy | string): RoleBuilder {
    const others = this.state.inline.filter((policy) => policy.name !== name)
    return new RoleBuilder({ ...this.state, inline: [...others, { name, text: textOf(document) }] })
  }

  hasManaged(name: string, document: RawPolicy | string, options: ManagedOptions = {}): RoleBuilder {
    const { attachedTo = 1, boundaryOf = 0, earlier = [], path = '/' } = options
    const texts = [...earlier, document].map(textOf)
    const versions = texts.map((text, at) => ({
      versionId: `v${at + 1}`,
      isDefault: at === texts.length - 1,
      createDate: '2020-01-01T00:00:00.000Z',
      text,
    }))
    return this.attach(name, `arn:aws:iam::${accountId}:policy${path}${name}`, {
      defaultVersionId: `v${texts.length}`,
      attachmentCount: attachedTo,
      boundaryUseCount: boundaryOf,
      versions,
    })
  }

  hasAwsManaged(name: string, document: RawPolicy | string, path = '/'): RoleBuilder {
    const version = { versionId: 'v7', isDefault: true, createDate: '2026-02-27T00:00:00.000Z', text: textOf(document) }
    return this.attach(name, `arn:aws:iam::aws:policy${path}${name}`, {
      defaultVersionId: 'v7',
      attachmentCount: 40,
      boundaryUseCount: 0,
      versions: [version],
    })
  }

  private attach(name: string, arn: string, policy: Omit<ManagedPolicyState, 'name' | 'arn' | 'tags'>): RoleBuilder {
    const { attached, managed } = this.state
    return new RoleBuilder({
      ...this.state,
      attached: [...attached, { name, arn }],
      managed: [...managed, { name, arn, tags: [], ...policy }],
    })
  }
}

export function role(roleName = 'web-app'): RoleBuilder {
  return new RoleBuilder({
    roleName,
    arn: `arn:aws:iam::${accountId}:role/${roleName}`,
    roleId: `AROA${roleName.toUpperCase()}`,
    path: '/',
    description: null,
    trust: '{}',
    boundary: null,
    tags: [],
    inline: [],
    attached: [],
    managed: [],
  })
}

export const textsOf = ({ inline, attached, managed }: RoleState): string[] => [
  ...inline.map(({ text }) => text),
  ...attached.flatMap(({ arn }) => managed.find((policy) => policy.arn === arn)?.versions.find(({ isDefault }) => isDefault)?.text ?? []),
]

export const limits: ShapeLimits = {
  inlineSumPerRole: 10_240,
  managedPolicySize: 6_144,
  attachedPerRole: 10,
  versionsPerPolicy: 5,
  extraPolicies: 3,
}

export type Wish = {
  readonly unused?: readonly string[]
  readonly unknown?: readonly string[]
  readonly keep?: readonly string[]
  readonly remove?: readonly string[]
  readonly overlay?: boolean
  readonly future?: FutureToKeep
  readonly escalation?: readonly string[]
  readonly limits?: Partial<ShapeLimits>
  readonly read?: PolicyReader
}

/** The plan of a role whose granted actions are `unused`, `unknown`, or else used. */
export function planFor({ state }: RoleBuilder, universe: Universe, wish: Wish): RolePlan {
  const read = wish.read ?? createPolicyReader()
  return proposeRole({
    shaping: {
      universe,
      read,
      limits: { ...limits, ...wish.limits },
      takenNames: new Set(),
      group: createPatternGrouper(universe),
      ...(wish.future === undefined ? {} : { future: wish.future }),
    },
    state,
    judgement: judgementOf(universe, state, wish),
    undated: [],
    escalation: patternSet(universe, wish.escalation ?? []),
    keep: wish.keep ?? [],
    remove: wish.remove ?? [],
    overlay: wish.overlay ?? false,
    riskOf: () => 0,
  })
}

export function judgementOf(
  universe: Universe,
  state: RoleState,
  { unused = [], unknown = [] }: Pick<Wish, 'unused' | 'unknown'>,
): RoleJudgement {
  const read = createPolicyReader()
  const documents = textsOf(withoutOverlay(state)).flatMap((text) => {
    const parsed = read(text)
    return parsed.ok ? [parsed.document] : []
  })
  const granted = grantedActions(universe, documents)
  const sets = {
    unused: intersection(granted, patternSet(universe, unused)),
    unknown: intersection(granted, patternSet(universe, unknown)),
  }
  return {
    ...sets,
    granted,
    required: patternSet(universe, []),
    used: difference(granted, union(sets.unused, sets.unknown)),
    explain(index) {
      return {
        action: universe.names[index] ?? '',
        state: 'used',
        lastAccessed: null,
        source: null,
        reason: '',
        evidenceAge: null,
        accessLevel: null,
      }
    },
  }
}

/** The same role as the account's answer gives it. */
export function accountRole({ state }: RoleBuilder, createDate = '2020-01-01T00:00:00.000Z'): Role {
  const { roleName, arn, roleId, path, description, trust, boundary, tags, inline, attached } = state
  return {
    roleName,
    arn,
    roleId,
    path,
    description,
    trust,
    boundary,
    tags,
    inline,
    attached,
    createDate,
    lastUsed: null,
    instanceProfiles: [],
  }
}

/** Its policies as a scan reads them; `dates` are the creation dates of a customer managed policy's versions by name. */
export function accountPolicies(
  { state }: RoleBuilder,
  read: PolicyReader,
  dates: Readonly<Record<string, readonly string[]>> = {},
): RolePolicy[] {
  const inline = state.inline.map(
    ({ name, text }): RolePolicy => ({ name, kind: 'inline', arn: null, text, parsed: read(text), managed: null }),
  )
  const attached = state.managed.map((policy): RolePolicy => {
    const managed: ManagedPolicy = {
      ...policy,
      policyId: null,
      path: '/',
      createDate: null,
      updateDate: null,
      versions: policy.versions.map((version, at) => ({ ...version, createDate: dates[policy.name]?.[at] ?? version.createDate })),
    }
    const text = policy.versions.find(({ versionId }) => versionId === policy.defaultVersionId)?.text ?? ''
    const kind = policy.arn.includes('::aws:') ? 'aws-managed' : 'managed'
    return { name: policy.name, kind, arn: policy.arn, text, parsed: read(text), managed }
  })
  return [...inline, ...attached]
}
