import { execFile } from 'node:child_process'
import { cli, environment } from './scenario.ts'

export type Finished = { readonly code: number; readonly stdout: string; readonly stderr: string }

/** Runs the built program without a terminal, as a script would. */
export function runCli(args: readonly string[], home: string, env: Readonly<Record<string, string>> = {}): Promise<Finished> {
  const { promise, resolve } = Promise.withResolvers<Finished>()
  const options = { env: { ...environment(home), ...env }, maxBuffer: 1 << 28 }
  const child = execFile(process.execPath, [cli, ...args], options, (_error, stdout, stderr) => {
    resolve({ code: child.exitCode ?? -1, stdout, stderr })
  })
  child.stdin?.end()
  return promise
}

/** The same, where it must succeed and print JSON. */
export async function jsonOf(args: readonly string[], home: string): Promise<unknown> {
  const { code, stdout, stderr } = await runCli([...args, '--json'], home)
  if (code !== 0) throw new Error(`zt-tui ${args.join(' ')} ended with ${code}: ${stderr}`)
  return JSON.parse(stdout)
}
