/**
 * The house in one table: which rooms of `src/` a room may import, and which packages. Its own files a room always may.
 * `scripts/check-imports.ts` turns it into the `noRestrictedImports` overrides of biome.json, so `npm test` fails on a breach.
 *
 * The core stands in layers: policy ← account ← evidence ← risk, plan ← change ← report. It does no I/O, so no `node:`
 * module but `node:crypto`. Edges implement ports and know no other edge; only the workspace knows them.
 */
export type Room = { readonly rooms: readonly string[]; readonly packages: readonly string[] }

const free = ['words', 'ports']
const core = ['policy', 'account', 'evidence', 'risk', 'plan', 'change', 'report']
const edges = ['aws', 'ledger', 'config', 'sandbox']

export const importTable: Readonly<Record<string, Room>> = {
  words: { rooms: [], packages: ['string-width'] },
  ports: { rooms: core, packages: [] },

  policy: { rooms: free, packages: ['jsonc-parser', 'node:crypto'] },
  account: { rooms: [...free, 'policy'], packages: ['zod', 'node:crypto'] },
  evidence: { rooms: [...free, 'policy', 'account'], packages: ['zod'] },
  risk: { rooms: [...free, 'policy', 'account', 'evidence'], packages: [] },
  plan: { rooms: [...free, 'policy', 'account', 'evidence'], packages: ['zod', 'diff', 'node:crypto'] },
  change: { rooms: [...free, 'policy', 'account', 'evidence', 'risk', 'plan'], packages: ['zod', 'diff', 'node:crypto'] },
  report: { rooms: [...free, 'policy', 'account', 'evidence', 'risk', 'plan', 'change'], packages: ['diff', 'node:crypto'] },

  app: { rooms: [...free, ...core], packages: ['zod', 'node:crypto'] },

  aws: { rooms: [...free, ...core], packages: ['@aws-sdk/**', '@smithy/**', 'zod', 'node:*', 'node:*/**'] },
  ledger: { rooms: [...free, ...core], packages: ['zod', 'node:*', 'node:*/**'] },
  config: { rooms: [...free, ...core], packages: ['conf', 'env-paths', 'zod', 'node:*', 'node:*/**'] },
  sandbox: { rooms: [...free, ...core], packages: ['@aws-sdk/**', '@smithy/**', 'zod', 'node:*', 'node:*/**'] },

  workspace: { rooms: [...free, ...core, ...edges, 'app'], packages: ['node:*', 'node:*/**'] },
  'workspace.ts': { rooms: [...free, ...core, ...edges, 'app', 'workspace'], packages: ['node:*', 'node:*/**'] },

  commands: {
    rooms: [...free, ...core, 'app', 'workspace.ts', 'ui'],
    packages: ['commander', 'zod', 'string-width', 'node:*', 'node:*/**'],
  },
  ui: {
    rooms: [...free, ...core, 'app', 'workspace.ts'],
    packages: ['ink', '@inkjs/ui', 'react', 'diff', 'string-width', 'node:process', 'node:readline', 'node:events', 'node:stream'],
  },

  'cli.ts': { rooms: ['commands'], packages: [] },
}
