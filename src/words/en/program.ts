/** The program itself: plain lines, a crash, no terminal. */
export const program = {
  linear: {
    prompt: 'A number opens, a key or a name runs, help lists, quit leaves:',
    more: (n: number) => `${n} more; next and previous turn the page`,
    blocked: 'not now',
    typeName: (name: string, withReason: boolean) =>
      `Type ${name}${withReason ? ' and, after it, why' : ''} to go on. Anything else leaves it.`,
    typeYes: (button: string) => `Type yes to: ${button}. Anything else leaves it.`,
    unknown: (word: string) => `"${word}" is neither a number nor a command. help lists them.`,
    noRow: (n: number) => `There is no row ${n}.`,
    filter: '/WORDS filters the roles, // clears',
    detail: 'details',
  },
  crash: {
    happened: (why: string) => `zt-tui has failed: ${why}`,
    safe: (dir: string) => `The ledger is safe in ${dir}: nothing that was done is forgotten.`,
    recover: 'Run "zt-tui recover" to resume or roll back a change that was under way.',
    leftRunning: 'A change was under way. Run "zt-tui recover" to resume it or put everything back.',
  },
  noScreen: {
    noTty:
      'zt-tui: nobody can type here; "zt-tui roles", "show", "plan", "apply" and "rollback" do the same in scripts. --linear reads lines from a pipe.',
  },
}
