import { constants } from 'node:os'

export type Signals = {
  readonly signal: AbortSignal
  /** 128 + the number of the signal that came, or null. */
  exitCode(): number | null
  stop(): void
}

/** The first signal asks the use cases to stop between two operations; a second one ends the process at once. */
export function watchSignals(onFirst: () => void): Signals {
  const controller = new AbortController()
  let code: number | null = null
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const listeners = names.map((name) => {
    const listener = () => {
      if (code !== null) process.exit(code)
      code = 128 + constants.signals[name]
      onFirst()
      controller.abort()
    }
    process.on(name, listener)
    return () => process.off(name, listener)
  })
  return {
    signal: controller.signal,
    exitCode: () => code,
    stop() {
      for (const remove of listeners) remove()
    },
  }
}
