/** Runs one command line and tells the exit code of contract.md. */
export async function run(argv: readonly string[]): Promise<number> {
  process.stderr.write(`zt-tui: unknown command "${argv[0] ?? ''}"\n`)
  return 2
}
