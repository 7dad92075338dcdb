import type { rooms as english } from '../en/rooms.ts'

export const rooms: typeof english = {
  log: {
    title: 'メッセージと AWS の呼び出し',
    message: 'メッセージ',
    none: 'まだメッセージも、変更する AWS の呼び出しもありません。',
  },
  inventory: {
    tabs: { users: 'ユーザー', policies: 'ポリシー', external: '外部アクセス', findings: '検出' },
    making: '報告に必要なものを読んでいます …',
    empty: {
      users: 'このアカウントにユーザーはいません。',
      policies: 'このアカウントに管理ポリシーはありません。',
      external: '外部から届くものはないか、それを示す情報源がありません。',
      findings: '検出はありません。',
    },
  },
  settings: {
    title: '設定',
    none: 'ここに設定ファイルはありません。',
    hint: 'Enter で変更します。zt-tui config KEY VALUE でも同じです',
    keys: 'Enter で設定、Esc でそのまま',
    keysRefused: (why) => `キーの割り当ては使えません: ${why}。`,
  },
}
