import { describe, expect, it } from 'vitest'
import { countOf, indexesOf } from '../../src/policy/action-set.ts'
import { everyAction, patternSet } from '../../src/policy/universe.ts'
import { smallUniverse } from '../support/small-catalog.ts'

describe('the universe', () => {
  const universe = smallUniverse(['S3:getOBJECT', 'new:Thing', 'new:Thing', 's3:Two*', 'nothing', 's3:Get Object', 'a:b:c', 'new:thing'])
  const namesOf = (pattern: string): string[] => universe.matches(pattern).map((index) => universe.names[index] ?? '')

  it('takes names in once, whatever their case, and leaves out what no policy can name', () => {
    expect(universe.names.slice(universe.catalog.actions.length)).toEqual(['new:Thing'])
    expect(universe.indexOf('s3:GETOBJECT')).toBe(universe.indexOf('s3:GetObject'))
    expect(universe.indexOf('s3:Get Object')).toBeNull()
    expect(universe.catalogAction(universe.indexOf('new:Thing') ?? 0)).toBeNull()
  })

  it.each<[pattern: string, names: readonly string[]]>([
    ['s3:GetBucket*', ['s3:GetBucketAcl', 's3:GetBucketPolicy']],
    ['S3:getbucket???', ['s3:GetBucketAcl']],
    ['s3:*Acl', ['s3:GetBucketAcl', 's3:GetObjectAcl', 's3:PutBucketAcl', 's3:PutObjectAcl']],
    ['rds*', []],
    ['rds:*', []],
    ['rds-db:*', ['rds-db:connect']],
    ['new:T*', ['new:Thing']],
    ['s3:getobject', ['s3:GetObject']],
  ])('%s matches %j', (pattern, names) => {
    expect(namesOf(pattern)).toEqual(names)
  })

  it('matches everything with *, and the rest with all but', () => {
    expect(universe.matches('*')).toHaveLength(universe.size)
    const rest = universe.actionsOf({ kind: 'NotAction', patterns: ['s3:*', 'new:*'] })
    expect(countOf(rest)).toBe(universe.size - universe.matches('s3:*').length - 1)
    expect(indexesOf(patternSet(universe, ['*']))).toEqual(indexesOf(everyAction(universe)))
  })

  it('knows the actions of a service in the order of their names', () => {
    const keys = universe.ofService('S3').map((index) => universe.keys[index] ?? '')
    expect(keys).toEqual([...keys].sort())
    expect([...universe.services()]).toContain('new')
  })
})
