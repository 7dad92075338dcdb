import type { program as english } from '../en/program.ts'

export const program: typeof english = {
  linear: {
    prompt: '番号で開く、キーか名前で実行、help で一覧、quit で終了:',
    more: (n) => `他 ${n} 行。next と previous でページを移動`,
    blocked: '今は不可',
    typeName: (name, withReason) => `続けるには ${name}${withReason ? ' とその後に理由' : ''}を入力。他の入力では何もしません。`,
    typeYes: (button) => `「${button}」には yes と入力。他の入力では何もしません。`,
    unknown: (word) => `"${word}" は番号でもコマンドでもありません。help で一覧を示します。`,
    noRow: (n) => `${n} 行目はありません。`,
    filter: '/語 でロールを絞り込み、// で解除',
    detail: '詳細',
  },
  crash: {
    happened: (why) => `zt-tui に問題が起きました: ${why}`,
    safe: (dir) => `台帳は ${dir} に無事です: 行ったことは何も失われていません。`,
    recover: '"zt-tui recover" で、実行中だった変更を再開または元に戻せます。',
    leftRunning: '変更の途中でした。"zt-tui recover" で再開するか、すべて元に戻せます。',
  },
  noScreen: {
    noTty:
      'zt-tui: ここでは入力できません。"zt-tui roles"、"show"、"plan"、"apply"、"rollback" はスクリプトで同じことをします。--linear はパイプから行を読みます。',
  },
}
