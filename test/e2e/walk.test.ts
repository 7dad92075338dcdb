import { test } from 'vitest'
import { expectExit, play, press, resize, type, waitFor, waitGone } from './support/scenario.ts'

const listed = [waitFor('Roles 128', 'legacy-admin-role', 'DEMO'), waitGone('scanning')]

test('list, role, preview, confirm, progress, done, u, restored', () =>
  play({
    args: ['--demo'],
    steps: [
      ...listed,
      type('/'),
      waitFor('Enter keeps'),
      type('legacy-ad'),
      waitFor('Roles 1 of 128', 'legacy-admin-role'),
      press('Enter'),
      waitGone('Enter keeps'),
      press('Enter'),
      waitFor('Trust', 'Evidence', 'History', 'unused'),
      type('p'),
      waitFor('proposal', 'stage 1', 'PLAN'),
      waitFor('✓ no new access', '✓ used kept'),
      type('a'),
      waitFor('Apply stage 1 of legacy-admin-role?', '▸ [ Cancel ]'),
      press('Tab'),
      waitFor('▸ [ Apply stage 1 ]'),
      press('Enter'),
      waitFor('✓ Applied', 'soaking', '2 of 2 operations', 'restore.sh'),
      type('u'),
      waitFor('✓ Restored', 'rolled back', 'The role is as it was before.'),
      type('qqqq'),
      expectExit(0),
    ],
  }))

test('the key that opened the dialog never confirms it, and Escape leaves it', () =>
  play({
    args: ['--demo', '--role', 'legacy-admin-role', '--screen', 'preview'],
    steps: [
      waitFor('proposal', '✓ no new access'),
      type('aaa'),
      waitFor('▸ [ Cancel ]'),
      press('Enter'),
      waitGone('Cancel'),
      type('a'),
      waitFor('▸ [ Cancel ]'),
      press('Escape'),
      waitGone('Cancel'),
      waitFor('○ stage 1'),
      press('CtrlC'),
      expectExit(130),
    ],
  }))

test('help filters its rows, a filter keeps the list short, and every size can be used', () =>
  play({
    args: ['--demo'],
    steps: [
      ...listed,
      type('?'),
      waitFor('What you can do here'),
      type('preview'),
      waitFor('/ preview', 'p'),
      press('Escape'),
      waitGone('What you can do here'),
      type('/no-such-role'),
      waitFor('Roles 0 of 128'),
      press('Escape'),
      waitFor('Roles 128'),
      resize(70, 20),
      waitFor('Roles 128', 'legacy-admin'),
      resize(18, 5),
      waitFor('q'),
      resize(140, 40),
      waitFor('Roles 128', 'legacy-admin-role', '1 Audit'),
      type('q'),
      expectExit(0),
    ],
  }))
