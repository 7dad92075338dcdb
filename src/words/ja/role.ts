import type { role as english } from '../en/role.ts'

export const role: typeof english = {
  roleTabs: { unused: 'アクション', policies: 'ポリシー', trust: '信頼', evidence: '根拠', history: '履歴' },
  role: {
    noActions: 'このロールには何も許可されていません。',
    noPolicies: 'このロールにポリシーはありません。',
    attachedTo: (n) => `${n} 個のプリンシパルに付いている`,
    trust: '誰がこのロールになれるか',
    trustMeans:
      '信頼ポリシーは、どのプリンシパルがこのロールを引き受けられるかを決めます。引き受けた者はロールのすべてを行えるため、ここに示します。絞り込みで変わることはありません。',
    evidence: '数字の出どころ',
    evidenceMeans:
      '要因の点数は、その要因を除いたときにスコアが下がる分です。アクションは、追跡するすべての情報源が期間中に一度も使用を見なかった場合にだけ未使用とされます。どの情報源も追跡しないものは不明とし、残します。',
    sources: '情報源',
  },
  because: {
    state: '状態',
    lastUse: '最終使用',
    source: '情報源',
    noSource: '言及なし',
    age: '根拠',
    ageDays: (days) => (days === 0 ? '今日のもの' : `${days} 日前のもの`),
    level: 'レベル',
    title: '理由',
    could: 'できてしまうこと',
  },
}
