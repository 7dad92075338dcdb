import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { startTui } from '../../src/ui/start.tsx'
import type { TuiStreams } from '../../src/ui/tui-options.ts'
import { plainOptions } from '../support/fake-machine.ts'
import { createFakeUseCases } from '../support/fake-use-cases.ts'

/** Types lines into the linear dialogue and gives everything that was said. */
const talk = (...lines: readonly string[]) => talkOn({ linear: true, env: {} }, ...lines)

async function talkOn(how: { readonly linear: boolean; readonly env: NodeJS.ProcessEnv }, ...lines: readonly string[]) {
  const useCases = createFakeUseCases()
  const stdin = Object.assign(new PassThrough(), { isTTY: !how.linear })
  const stdout = Object.assign(new PassThrough(), { isTTY: !how.linear })
  let said = ''
  stdout.on('data', (chunk) => {
    said += String(chunk)
  })
  stdin.end(lines.map((line) => `${line}\n`).join(''))
  const streams = { stdin, stdout, stderr: new PassThrough() } as unknown as TuiStreams
  const code = await startTui(useCases, { ...plainOptions, noColor: true, ...how, streams })
  return { code, said, calls: useCases.calls }
}

describe('the linear mode', () => {
  test('a dumb terminal is talked to in the same way', async () => {
    const { said, code } = await talkOn({ linear: false, env: { TERM: 'dumb' } }, 'exit')
    expect(said).toMatch(/\n +1\. 97 .*legacy-admin-role/)
    expect(code).toBe(0)
  })

  test('tells rows with numbers and no escape sequence at all', async () => {
    const { said, code } = await talk('quit')
    expect(said).toMatch(/\n +1\. 97 .*legacy-admin-role/)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is what is tested.
    expect(said).not.toMatch(/\x1b/)
    expect(code).toBe(0)
  })

  test('the main job: open, preview, apply after yes, roll back', async () => {
    const { said, calls } = await talk('1', 'preview', 'a', 'yes', 'u', 'quit', 'exit')
    expect(said).toContain('Removes 54 actions from legacy-admin-role.')
    expect(said).toContain('Type yes to: Apply stage 1.')
    expect(calls.filter((call) => /^(apply|rollback)/.test(call))).toEqual(['apply legacy-admin-role 1', 'rollback chg-1'])
    expect(said).toContain('1 PutRolePolicy zt-tui-kept: done')
  })

  test('anything but yes does nothing; a guarded role wants its name and a reason', async () => {
    expect((await talk('1', 'a', 'ok', 'exit')).calls.some((call) => call.startsWith('apply'))).toBe(false)
    expect((await talk('/break-glass', '1', 'a', 'break-glass-admin', 'exit')).calls.some((call) => call.startsWith('apply'))).toBe(false)
    const named = await talk('/break-glass', '1', 'a', 'break-glass-admin a drill', 'exit')
    expect(named.calls).toContain('apply break-glass-admin 1 override protected-role: a drill')
  })

  test('help lists the commands with their reasons; unknown words are answered', async () => {
    const { said } = await talk('help', 'dance', '99', 'exit')
    expect(said).toMatch(/preview +p +what would be removed/)
    expect(said).toContain('give-back')
    expect(said).toContain('not now: No stage of this role is in effect')
    expect(said).toContain('"dance" is neither a number nor a command.')
    expect(said).toContain('There is no row 99.')
  })

  test('pages, filters, and leaves at the end of the input', async () => {
    const { said, code } = await talk('next', '/tidy', 'details')
    expect(said).toContain('  16. ')
    expect(said).toContain('Roles 1 of 30')
    expect(said).toContain('Why this risk')
    expect(code).toBe(0)
  })
})
