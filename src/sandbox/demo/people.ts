import type { FixtureAccessKey, FixtureGroup, FixtureUser } from '../fixture.ts'

export const groups: readonly FixtureGroup[] = [
  { name: 'administrators', attached: ['AdministratorAccess'] },
  { name: 'developers', attached: ['ReadOnlyAccess', 'IAMUserChangePassword'] },
  { name: 'analysts', attached: ['AmazonAthenaFullAccess'] },
  { name: 'support', attached: ['SupportUser'] },
  { name: 'auditors', attached: ['SecurityAudit'] },
]

const people: readonly (readonly [group: string, names: string])[] = [
  ['administrators', 'demo-admin h.sato m.keller'],
  [
    'developers',
    'a.ito b.lang c.moreau d.novak e.rossi f.tanaka g.weber i.silva j.park k.yamamoto l.berg n.suzuki o.haas p.kim q.dubois r.mori s.nagy t.abe',
  ],
  ['analysts', 'u.fischer v.costa w.kato x.lindgren y.watanabe z.horvat a.meyer b.endo c.jensen'],
  ['support', 'd.kobayashi e.wagner f.oliveira g.hayashi h.blanc i.kowalski'],
  ['auditors', 'j.okada k.brandt'],
]

/** Programs that still sign with long-lived keys, and what is attached to them. */
const machines: readonly (readonly [name: string, attached: readonly string[]])[] = [
  ['ci-legacy', ['AmazonEC2ContainerRegistryReadOnly']],
  ['smtp-relay', []],
  ['backup-nas', ['AmazonS3ReadOnlyAccess']],
  ['metrics-exporter', ['CloudWatchReadOnlyAccess']],
  ['partner-feed', []],
  ['terraform-legacy', ['ReadOnlyAccess']],
  ['printer-scan', []],
  ['warehouse-scanner', []],
  ['datadog-poller', ['SecurityAudit']],
]

/** Old keys, some of them double, some forgotten. */
function keysOf(place: number): readonly FixtureAccessKey[] {
  const first = { createdDaysAgo: 400 + 120 * place, ...(place % 4 === 3 ? {} : { lastUsedDaysAgo: 1 + 23 * place }) }
  return place % 3 === 2 ? [first, { createdDaysAgo: 90, inactive: true }] : [first]
}

export const users: readonly FixtureUser[] = [
  ...people.flatMap(([group, names]) =>
    names.split(' ').map((name, place) => ({
      name,
      groups: [group],
      tags: { team: group },
      passwordLastUsedDaysAgo: 1 + ((place * 17) % 120),
      mfa: group === 'administrators' || place % 3 > 0,
      ...(place % 6 === 4 ? { accessKeys: [{ createdDaysAgo: 200 + place, lastUsedDaysAgo: 3 + place }] } : {}),
    })),
  ),
  ...machines.map(([name, attached], place) => ({ name, attached, path: '/machines/', accessKeys: keysOf(place) })),
]
