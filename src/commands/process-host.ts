import type { Host } from './host.ts'

/** This process. What a command does not need is not loaded. */
export const processHost: Host = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  loadDoor: () => import('../workspace.ts'),
  async startScreens(useCases, options) {
    const { startTui } = await import('../ui/start.tsx')
    const { stdin, stdout, stderr, env } = process
    return startTui(useCases, { ...options, streams: { stdin, stdout, stderr }, env })
  },
}
