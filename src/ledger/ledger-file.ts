/** The ledger's name in its data directory. */
export const LEDGER_FILE = 'ledger.sqlite'
