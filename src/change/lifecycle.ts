import type { Change, ChangeState } from './change.ts'

/** States in which a change holds its role in mid-air: the process that made it died, or still runs. */
const OPEN: ReadonlySet<ChangeState> = new Set(['planned', 'snapshotted', 'applying', 'applied', 'rolling-back', 'interrupted'])

/** States in which what a change did is in effect. */
const IN_EFFECT: ReadonlySet<ChangeState> = new Set(['applied', 'verified', 'soaking', 'settled', 'unobserved'])

/** States in which one key takes the change back without a question. */
const AT_ONCE: ReadonlySet<ChangeState> = new Set(['applied', 'verified', 'soaking', 'unobserved'])

export const isOpen = ({ state }: Pick<Change, 'state'>): boolean => OPEN.has(state)
export const isInEffect = ({ state }: Pick<Change, 'state'>): boolean => IN_EFFECT.has(state)
export const undoesAtOnce = ({ state }: Pick<Change, 'state'>): boolean => AT_ONCE.has(state)

/** Whether a change only takes another one back. */
export const isReversal = ({ kind }: Pick<Change, 'kind'>): boolean => kind === 'rollback' || kind === 'release'

/** Whether a change is a stage of a plan: one that rewrites, or an overlay that only denies. */
export const isStage = ({ kind }: Pick<Change, 'kind'>): boolean => kind === 'tighten' || kind === 'overlay'

/** Changes of one role that are in effect and no rollback, newest first: what `u` takes back, one after the other. */
export const undoable = (changes: readonly Change[]): readonly Change[] =>
  changes.filter((change) => isInEffect(change) && !isReversal(change))

/** The numbers of a plan's stages that are in effect; a plan is known by the hash of the state that it was made for. */
export const stagesInEffect = (changes: readonly Change[], planHash: string): readonly number[] =>
  undoable(changes)
    .flatMap((change) => (isStage(change) && change.stage !== null && change.plan === planHash ? [change.stage] : []))
    .sort((a, b) => a - b)
