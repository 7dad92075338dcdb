import type { UseCases } from './use-cases.ts'
import type { ScanView } from './views.ts'

/** What is known of an account before it is opened. */
export type FirstLook = Pick<UseCases, 'mode' | 'readOnly' | 'window' | 'dataDir' | 'now'> & {
  readonly accountLabel: string
  readonly scan: ScanView | null
}

/**
 * Use cases that answer the first screen from the ledger alone, and open the account when something is asked of it. Opening
 * loads the catalog, the core and the AWS clients: a person reads the list meanwhile.
 */
export function lazyUseCases(look: FirstLook, open: () => Promise<UseCases>): UseCases {
  let opened: UseCases | null = null
  let opening: Promise<UseCases> | null = null
  const account = async (): Promise<UseCases> => {
    opening ??= open()
    opened = await opening
    return opened
  }
  return {
    mode: look.mode,
    readOnly: look.readOnly,
    window: look.window,
    dataDir: look.dataDir,
    get accountLabel() {
      return opened?.accountLabel ?? look.accountLabel
    },
    now: look.now,
    lastScan: async () => (opened === null ? look.scan : opened.lastScan()),
    scan: async (options) => (await account()).scan(options),
    report: async (options) => (await account()).report(options),
    show: async (roleName) => (await account()).show(roleName),
    gains: async () => (await account()).gains(),
    advice: async (roleName, options) => (await account()).advice(roleName, options),
    plan: async (roleNames, options) => (await account()).plan(roleNames, options),
    guards: async (roleName) => (await account()).guards(roleName),
    restoreFiles: async (changeId) => (await account()).restoreFiles(changeId),
    patch: async (plan) => (await account()).patch(plan),
    nextStage: async (plan) => (await account()).nextStage(plan),
    apply: async (plan, stage, options) => (await account()).apply(plan, stage, options),
    newBatchId: () => {
      if (opened === null) throw new Error('a batch begins after the account was opened')
      return opened.newBatchId()
    },
    undoable: async (roleName, options) => (await account()).undoable(roleName, options),
    rollback: async (changeId, options) => (await account()).rollback(changeId, options),
    giveBack: async (changeId, action, options) => (await account()).giveBack(changeId, action, options),
    removedActions: async (changeId) => (await account()).removedActions(changeId),
    quarantine: async (roleName, options) => (await account()).quarantine(roleName, options),
    release: async (roleName, options) => (await account()).release(roleName, options),
    watch: async (roleName, signal) => (await account()).watch(roleName, signal),
    doctor: async () => (await account()).doctor(),
    history: async (roleName) => (await account()).history(roleName),
    interrupted: async () => (await account()).interrupted(),
    toRecover: async (options) => (await account()).toRecover(options),
    recover: async (changeId, way, options) => (await account()).recover(changeId, way, options),
    close() {
      opened?.close()
      // An account that is still being opened is closed as soon as it is there.
      if (opened === null) opening?.then((late) => late.close()).catch(() => undefined)
    },
  }
}
