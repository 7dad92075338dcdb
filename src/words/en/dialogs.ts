import { countOf, plural } from '../figures.ts'

/** What is asked before anything happens, and what is refused. */
export const dialogs = {
  confirm: {
    cancel: 'Cancel',
    cancelled: 'Nothing was done.',
    keys: 'Tab or → to the button, Enter presses it, Esc leaves',
    typeName: (name: string) => `Type ${name} to go on:`,
    typeFirst: 'Type the name first.',
    nameDiffers: 'The name differs.',
    applyTitle: (n: number, role: string) => `Apply stage ${n} of ${role}?`,
    applyButton: (n: number) => `Apply stage ${n}`,
    removes: (n: number, role: string) => `Removes ${countOf(n)} action${plural(n)} from ${role}.`,
    keepsUsed: (days: number) => `None of them was used in ${days} days. What is used, needed or unknown stays.`,
    calls: 'AWS calls',
    operations: (n: number) => `${n}, each with its inverse`,
    undo: 'way back',
    undoHow: 'u, or the restore script, puts everything back',
    overrides: 'Typing the name overrides:',
    guarded: (role: string, why: string) => `${role} is guarded: ${why}`,
    guardedHint: 'This guard cannot be overridden.',
    unproved: (n: number) => `Stage ${n} is not proved, so it cannot be applied.`,
    quarantine: {
      title: (role: string) => `Quarantine ${role}?`,
      button: 'Quarantine',
      effect: (role: string) => `One inline policy denies ${role} everything, open sessions too.`,
      means: 'Nothing else of the role changes. R, or u, takes the policy away again.',
    },
    release: {
      title: (role: string) => `Release ${role}?`,
      button: 'Release',
      effect: (role: string) => `The Deny of the quarantine goes: ${role} may do again what its policies allow.`,
      means: 'It is a change like any other and stands in the ledger.',
    },
    rollbackTitle: (role: string) => `Roll back ${role}?`,
    rollbackButton: 'Roll back',
    rollbackWhat: (what: string, age: string) => `Takes back "${what}", ${age}.`,
    rollbackMeans: 'The policies become what they were before it. Later changes of this role are taken back first; edits by others stay.',
    recoverTitle: {
      resume: (role: string) => `Resume the change of ${role}?`,
      rollback: (role: string) => `Roll back the change of ${role}?`,
    },
    quitTitle: 'Quit while a change is running?',
    quitButton: 'Quit',
    quitWhat: (role: string) => `A change of ${role} is under way.`,
    quitMeans:
      'It stops after the operation at work, and what was done is undone. Where that takes too long, the next start offers to resume it or to put everything back.',
  },
  refusal: {
    title: 'Not possible',
    nothing: 'Nothing was changed.',
    close: 'Enter or Esc closes',
  },
  lists: {
    help: { title: 'What you can do here', hint: 'type to filter, ↑↓ and Enter run one, Esc closes' },
    palette: { title: 'Commands and roles', hint: 'type a command or a role, Enter runs or goes there, Esc closes' },
    columns: { title: 'Columns', hint: 'Space or Enter shows and hides one, Esc closes' },
    'give-back': { title: 'Give back', hint: 'type to filter, Enter chooses, Esc closes' },
    report: { title: 'The report as a file', hint: 'Enter writes it, Esc closes' },
  },
  reportFormats: {
    html: 'one page for a browser, with everything in it',
    md: 'Markdown, for a wiki or a repository',
    json: 'JSON, for programs',
  },
  help: {
    title: 'What you can do here',
    hint: 'type to filter, ↑↓ and Enter run one, Esc closes',
    none: (filter: string) => `Nothing is called "${filter}".`,
  },
}
