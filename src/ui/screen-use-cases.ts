import type { UseCases } from '../app/use-cases.ts'

/** The use cases that the screens ask for; what else the program can do is no business of theirs. */
export type ScreenUseCases = Pick<
  UseCases,
  | 'mode'
  | 'readOnly'
  | 'accountLabel'
  | 'window'
  | 'dataDir'
  | 'now'
  | 'lastScan'
  | 'scan'
  | 'show'
  | 'plan'
  | 'guards'
  | 'apply'
  | 'undoable'
  | 'rollback'
  | 'history'
  | 'interrupted'
  | 'recover'
  | 'giveBack'
  | 'removedActions'
  | 'quarantine'
  | 'release'
  | 'watch'
  | 'report'
>
