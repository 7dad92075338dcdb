import { expect, test } from 'vitest'
import { seededRandom } from '../../src/sandbox/demo/seeded-random.ts'
import { killAtRandom } from './support/killed-at-random.ts'

/** `npm run test:kills` plays many rounds. */
test('processes killed at random times against a slow account leave nothing that recover cannot put right', {
  timeout: 600_000,
}, async () => {
  const { killed, failures } = await killAtRandom({ rounds: 2, random: seededRandom(3) })
  expect(failures).toEqual([])
  expect(killed).toBeGreaterThan(0)
})
