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
    marks: { noMfa: 'MFA なし', idle: '使われていない認証情報' },
    kinds: {
      managed: (attached) => `カスタマー管理、アタッチ ${attached}`,
      'aws-managed': (attached) => `AWS 管理、アタッチ ${attached}`,
    },
    neverUsed: '使用なし',
    idleFor: (days) => `${days} 日間未使用`,
    unusedShare: (percent) => `${percent} % が未使用`,
    facts: {
      arn: 'ARN',
      groups: 'グループ',
      policies: 'ポリシー',
      findings: '検出',
      attached: 'アタッチ数',
      boundary: '境界',
      versions: 'バージョン',
      type: '種類',
      resource: 'リソース',
      risk: 'リスク',
      who: '相手',
      actions: 'アクション',
      advice: '助言',
      unused: '未使用',
      why: '理由',
    },
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
