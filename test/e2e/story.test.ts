import { afterAll, beforeAll, test } from 'vitest'
import { story, storyScenario } from './support/demo-story.ts'
import { type PreparedDemo, prepareDemo } from './support/prepared-demo.ts'
import { expectExit, play, type } from './support/scenario.ts'

let demo: PreparedDemo
beforeAll(async () => {
  demo = await prepareDemo()
})
afterAll(() => demo.remove())

test('the story that demo.gif shows: list, why, proposal, apply, a denied call, one-key rollback', () =>
  play(storyScenario(demo, [...story.flatMap(({ steps }) => steps), type('qqqq'), expectExit(0)])))
