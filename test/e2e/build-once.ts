export { ensureBuilt as setup } from '../../scripts/ensure-built.ts'
