import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { policiesOfCaller } from '../../src/app/guard-role.ts'
import type { GuardLists } from '../../src/ports/preferences.ts'
import type { SandboxFixture } from '../../src/sandbox/index.ts'
import { planShapes } from '../support/plan-shapes.ts'
import { applyNext, granted, planOf, refusalOf, testAccount, writesOf } from '../support/test-account.ts'

const inline = planShapes['inline only'] ?? {}
const [app] = inline.roles ?? []
const roles = (...names: readonly string[]): SandboxFixture => ({ roles: names.map((name) => ({ ...app, name })) })

const NO_LISTS: GuardLists = { protectedRoles: [], crownJewels: [], changeWindows: [], rehearsal: [] }
const saying = (lists: Partial<GuardLists>) => () => ({ guardLists: () => ({ lists: { ...NO_LISTS, ...lists }, problem: null }) })

describe('what the admin has said', () => {
  it('guards roles by pattern, flags crown jewels, and is recorded when it is overridden', async () => {
    const { useCases, ledger } = await testAccount(roles('om-1', 'beta'), saying({ protectedRoles: ['om*'], crownJewels: ['BETA'] }))
    const [om, beta] = [granted(await useCases.show('om-1')), granted(await useCases.show('beta'))]
    expect([om.protected, om.flags, beta.protected, beta.flags]).toEqual([true, ['preferred'], false, ['crown-jewel']])
    expect(refusalOf(await applyNext(useCases, 'om-1'))).toBe('guard:preferred')
    expect(refusalOf(await useCases.quarantine('om-1'))).toBe('guard:preferred')
    expect(refusalOf(await applyNext(useCases, 'om-1', { overrides: ['preferred'] }))).toBe('reason')
    const { changeId } = granted(await applyNext(useCases, 'om-1', { overrides: ['preferred'], reason: 'asked' }))
    expect(ledger.change(changeId)).toMatchObject({ overrides: ['preferred'], reason: 'asked' })
    expect((await useCases.history())[0]).toMatchObject({ overrides: ['preferred'], reason: 'asked' })
  })

  it('keeps changes waiting for their window, and never a way back', async () => {
    let open = true
    const never = { days: ['mon'], from: '01:00', to: '01:01', timeZone: 'UTC' }
    const { useCases } = await testAccount(roles('app'), () => ({
      guardLists: () => ({ lists: { ...NO_LISTS, changeWindows: open ? [] : [never] }, problem: null }),
    }))
    const { changeId } = granted(await applyNext(useCases, 'app'))
    open = false
    expect(granted(await useCases.guards('app')).map(({ id }) => id)).toEqual(['change-window'])
    expect(granted(await useCases.show('app')).protected).toBe(false)
    expect(refusalOf(await applyNext(useCases, 'app'))).toBe('guard:change-window')
    granted(await useCases.rollback(changeId))
  })

  it('stops every change where it cannot be read, and never a way back', async () => {
    let problem: string | null = null
    const { useCases, sandbox } = await testAccount(roles('app'), () => ({ guardLists: () => ({ lists: NO_LISTS, problem }) }))
    const { changeId } = granted(await applyNext(useCases, 'app'))
    const before = writesOf(sandbox).length
    problem = 'preferences.json is no JSON'
    const everything = { overrides: ['unreadable', 'guard:unreadable', 'preferred'], reason: 'please' }
    expect(refusalOf(await applyNext(useCases, 'app', everything))).toBe('guard:unreadable')
    expect(refusalOf(await useCases.quarantine('app', everything))).toBe('guard:unreadable')
    expect(writesOf(sandbox)).toHaveLength(before)
    granted(await useCases.rollback(changeId))
  })
})

describe('a stage of a production role', () => {
  const rule = saying({ rehearsal: [{ production: '*-prod', test: '*-test' }] })

  it('is refused until its test twin has been through it, and again once that is rolled back', async () => {
    const { useCases, sandbox } = await testAccount(roles('web-prod', 'web-test'), rule)
    expect(refusalOf(await applyNext(useCases, 'web-prod'))).toBe('guard:rehearsal')
    expect(granted(await useCases.guards('web-prod'))).toMatchObject([
      { id: 'rehearsal', overridable: true, reason: expect.stringContaining('web-test has not been through stage 1') },
    ])
    expect(writesOf(sandbox)).toEqual([])
    const { changeId } = granted(await applyNext(useCases, 'web-test'))
    expect(granted(await useCases.guards('web-prod'))).toEqual([])
    granted(await applyNext(useCases, 'web-prod'))
    expect(granted(await useCases.guards('web-prod')).map(({ id }) => id)).toEqual(['rehearsal'])
    granted(await useCases.rollback(changeId))
    granted(await useCases.rollback((await useCases.history('web-prod'))[0]?.changeId ?? ''))
    expect(refusalOf(await applyNext(useCases, 'web-prod'))).toBe('guard:rehearsal')
  })

  it('goes on where somebody says so by name, and says why', async () => {
    const { useCases } = await testAccount(roles('web-prod'), rule)
    expect(granted(await useCases.guards('web-prod'))[0]?.reason).toContain('its test twin is not here: web-test')
    granted(await applyNext(useCases, 'web-prod', { overrides: ['rehearsal'], reason: 'no twin yet' }))
    expect((await useCases.history())[0]).toMatchObject({ overrides: ['rehearsal'], reason: 'no twin yet' })
  })

  it('needs no rehearsal where none is configured', async () => {
    const { useCases } = await testAccount(roles('web-prod', 'web-test'))
    granted(await applyNext(useCases, 'web-prod'))
  })
})

describe('the caller', () => {
  const team = planShapes['customer version'] ?? {}

  it('is never changed, whatever is overridden, assumed or not', async () => {
    const [role] = inline.roles ?? []
    const { useCases, roleState, sandbox, restart } = await testAccount({ roles: [{ ...role, name: 'app' }] })
    const roleId = (await roleState('app'))?.roleId ?? ''
    granted(await useCases.scan())
    const caller = {
      arn: 'arn:aws:sts::123456789012:assumed-role/x/me',
      accountId: '1',
      partition: 'aws',
      roleName: 'x',
      roleId,
      isRoot: false,
    }
    const everything = { overrides: ['caller-role', 'root-caller'], reason: 'please' }
    expect(refusalOf(await applyNext(restart({ caller }), 'app', everything))).toBe('guard:caller-role')
    const root = { ...caller, arn: 'arn:aws:iam::123456789012:root', roleName: null, roleId: null, isRoot: true }
    expect(refusalOf(await applyNext(restart({ caller: root }), 'app', everything))).toBe('guard:root-caller')
    expect(refusalOf(await restart({ caller: root }).quarantine('app', everything))).toBe('guard:root-caller')
    expect(writesOf(sandbox)).toEqual([])
  })

  it('keeps the policies that it gets its rights through: they are forked, and a plan that edits one is refused', async () => {
    const { useCases, restart, sandbox } = await testAccount(team)
    const stale = await planOf(useCases, 'app')
    expect(stale.stages[0]?.operations.map(({ kind }) => kind)).toContain('CreatePolicyVersion')
    const caller = {
      arn: 'arn:aws:iam::123456789012:user/me',
      accountId: '1',
      partition: 'aws',
      roleName: null,
      roleId: null,
      isRoot: false,
    }
    const policy = stale.stages[0]?.operations.flatMap((operation) => ('policyArn' in operation ? operation.policyArn : [])) ?? []
    const mine = restart({ caller, accounts: { readAccount: async () => ({ ...(await accountWith(policy)) }) } })
    async function accountWith(arns: readonly string[]) {
      const user = { userName: 'me', arn: caller.arn, userId: 'AIDA', path: '/', createDate: null, inline: [], boundary: null, tags: [] }
      const group = { groupName: 'admins', arn: 'arn:aws:iam::123456789012:group/admins', path: '/', inline: [] }
      return {
        accountId: '123456789012',
        partition: 'aws',
        roles: [],
        users: [{ ...user, groups: ['admins'], attached: [] }],
        groups: [{ ...group, attached: arns.map((arn) => ({ name: 'team', arn })) }],
        policies: new Map(),
        problems: [],
      }
    }
    granted(await mine.scan())
    expect(refusalOf(await mine.apply(stale, null, { overrides: ['caller-policy'], reason: 'please' }))).toBe('guard:caller-policy')
    expect(writesOf(sandbox)).toEqual([])
  })

  it('has the policies attached to it, its groups and its boundary', () => {
    const policy = (name: string) => ({ name, arn: `arn:aws:iam::123456789012:policy/${name}` })
    const none = { path: '/', createDate: null, inline: [], tags: [] }
    const account = {
      accountId: null,
      partition: 'aws',
      roles: [],
      users: [
        { ...none, userName: 'me', arn: 'me', userId: 'AIDA', groups: ['g'], boundary: policy('edge').arn, attached: [policy('own')] },
      ],
      groups: [
        { ...none, groupName: 'g', arn: 'g', attached: [policy('through-group')] },
        { ...none, groupName: 'h', arn: 'h', attached: [policy('of-others')] },
      ],
      policies: new Map(),
      problems: [],
    }
    const caller = { arn: 'me', accountId: '1', partition: 'aws', roleName: null, roleId: null, isRoot: false }
    const names = [...policiesOfCaller(account, caller)].map((arn) => arn.split('/')[1])
    expect(names).toEqual(['own', 'through-group', 'edge'])
  })
})

describe('a role that infrastructure code owns', () => {
  const owned: SandboxFixture = { roles: [{ ...app, name: 'app', tags: { 'aws:cloudformation:stack-name': 'shop' } }] }

  it('gets its stage as a patch on disk, named by the refusal, and no write', async () => {
    const { useCases, sandbox } = await testAccount(owned)
    const refused = await applyNext(useCases, 'app')
    expect(refusalOf(refused)).toBe('guard:iac-owned')
    const folder = /patch is in (\S+)$/.exec(refused.ok ? '' : refused.refusal.message)?.[1] ?? ''
    expect(readdirSync(folder).sort()).toEqual(['after', 'before', 'changes.diff', 'cloudformation.json', 'terraform.tf'])
    expect(readFileSync(join(folder, 'changes.diff'), 'utf8')).toContain('-        "s3:*"')
    expect(writesOf(sandbox)).toEqual([])
    granted(await applyNext(useCases, 'app', { overrides: ['iac-owned'], reason: 'the stack is gone' }))
  })

  it('gets the same patch when it is asked for before the change, and nothing is written to AWS', async () => {
    const { useCases, sandbox } = await testAccount(owned)
    const folder = granted(await useCases.patch(await planOf(useCases, 'app'))) ?? ''
    const refused = await applyNext(useCases, 'app')
    expect(refused.ok ? '' : refused.refusal.message).toContain(folder)
    expect(readdirSync(folder)).toContain('changes.diff')
    expect(writesOf(sandbox)).toEqual([])
  })

  it('is known by a state file too', async () => {
    const { useCases, restart, roleState } = await testAccount(roles('app'))
    const arn = (await roleState('app'))?.arn ?? ''
    expect(granted(await useCases.guards('app'))).toEqual([])
    const held = restart({ infrastructure: new Map([[arn, 'aws_iam_role.app in prod.tfstate']]) })
    expect(granted(await held.guards('app'))).toMatchObject([
      { id: 'iac-owned', reason: expect.stringContaining('aws_iam_role.app in prod.tfstate') },
    ])
    expect(refusalOf(await applyNext(held, 'app'))).toBe('guard:iac-owned')
  })
})
