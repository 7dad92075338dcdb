/** The ledger could not do what was asked. `message` says what and where in one line. */
export class LedgerFailure extends Error {
  override readonly name = 'LedgerFailure'
}
