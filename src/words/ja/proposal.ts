import type { proposal as english } from '../en/proposal.ts'
import { countOf } from '../figures.ts'

export const proposal: typeof english = {
  previewTabs: { removes: '削除', policies: 'ポリシー', operations: '操作', kept: '保持' },
  stageTitles: {
    'whole unused services': '使われないサービス全体',
    'everything unused': '使われないものすべて',
    'permission management and escalation': '権限の管理と昇格',
    'deletes and writes': '削除と書き込み',
    tagging: 'タグ付け',
    'reads and lists': '読み取りと一覧',
  },
  preview: {
    title: '提案',
    making: '提案を作り、証明しています …',
    remaking: '作り直しています …',
    risk: 'リスク',
    proof: '証明済み',
    noNewAccess: '新しい許可なし',
    usedKept: '使用中は保持',
    everyStep: '途中の各段も',
    sizes: '上限に対する大きさ',
    inline: 'インライン合計',
    of: (part, whole) => `${part} / ${whole}`,
    notes: '注意',
    nothing: '削除するものはありません。許可されているものはすべて使用中、必要、または不明です。',
    nothingYet: 'まだ何も変わっていません。a で次の段階を、確認のうえ適用します。',
    removesNothing: 'この段階で削除するアクションはありません。',
    unchanged: (n) => `… 変更のない ${n} 行`,
    keptUnknown: (n) => `不明な ${countOf(n)} アクションを保持`,
    keptUnknownWhy: 'どの情報源も追跡しないため、未使用とは言えません。',
    required: (n) => `必要な ${countOf(n)} アクションを保持`,
    requiredWhy: 'ロールが使うものが、これらを必要とします。',
    dropsFuture: (n) => `ワイルドカードが一覧になる: ${n} サービスの新しいアクションは自動では許可されない`,
    dropsFutureWhy: 'AWS が今後これらのサービスに加えるアクションと、目録にないアクションは対象から外れます。',
    undated: (policies) => `${policies}: API に日付がなく、新しい許可と古い許可を区別できません`,
    lostSiblings: (keeps, drops, n) =>
      `${keeps} は残り、${drops} は消えます${n > 1 ? `（ほか ${n - 1} 件）` : ''}: 作るものは、いつか片付けが必要です`,
    shared: (policy, roles) =>
      `${policy} は共有です${roles.length === 0 ? '' : `（${roles.slice(0, 3).join('、')}${roles.length > 3 ? `、ほか ${countOf(roles.length - 3)}` : ''}）`}: このロールには写しを作ります。まとめて絞り込むには、すべてを選択してください。`,
    keptNothing: '不明も必要もなし: 残るものはすべて使用中です。',
  },
  choice: { keep: '残す（指定）', remove: '削除（指定）' },
  giveBack: {
    title: (role) => `${role} にアクションを 1 つ返す`,
    denied: '拒否',
    ask: (action) => `${action} を返しますか?`,
    button: '返す',
    effect: (action, role) => `${role} は以前と同じリソースと条件で、再び ${action} を呼び出せます。`,
    means: '専用のインラインポリシー 1 つです。他については段階が有効なままです。最初の状態に照らして証明します。',
  },
}
