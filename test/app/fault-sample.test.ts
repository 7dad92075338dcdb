import { expect, onTestFinished, test } from 'vitest'
import { casesOf } from '../faults/cases.ts'
import { runCase } from '../faults/run-case.ts'
import { shapeNames, variantsOf } from '../faults/shapes.ts'
import { openShelf } from '../faults/shelf.ts'

/** `npm run test:faults` runs the whole matrix, with real kills; here every fifth case of one variant of each shape. */
const EVERY = 5

let tried = 0

test.each(shapeNames)('the fault matrix holds: %s', { timeout: 240_000 }, async (shape) => {
  const shelf = openShelf()
  onTestFinished(() => shelf.close())
  const failures: string[] = []
  for (const variant of variantsOf(shape, 1)) {
    for (const theCase of (await casesOf(variant, shelf)).filter((_, at) => at % EVERY === tried % EVERY)) {
      const failure = await runCase(theCase, shelf)
      tried++
      if (failure !== null) failures.push(`${theCase.name}: ${failure}`)
    }
  }
  expect(failures).toEqual([])
})

test('the sample has at least five hundred cases', () => {
  expect(tried).toBeGreaterThanOrEqual(500)
})
