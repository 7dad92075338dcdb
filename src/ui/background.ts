/** Colour numbers that a light background has: white, bright white. rxvt, Konsole, iTerm2 and others name them in COLORFGBG. */
const lightColours: ReadonlySet<string> = new Set(['7', '15'])

/** `15;0` or `0;default;15`: the last is the background. Null where the terminal tells none or one that is no number. */
export function backgroundOf(env: NodeJS.ProcessEnv): 'dark' | 'light' | null {
  const colour = env.COLORFGBG?.split(';').at(-1) ?? ''
  if (!/^\d{1,2}$/.test(colour)) return null
  return lightColours.has(colour) ? 'light' : 'dark'
}
