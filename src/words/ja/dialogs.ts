import type { dialogs as english } from '../en/dialogs.ts'
import { countOf } from '../figures.ts'

export const dialogs: typeof english = {
  confirm: {
    cancel: 'やめる',
    cancelled: '何もしませんでした。',
    keys: 'Tab か → でボタンへ、Enter で実行、Esc で閉じる',
    typeName: (name) => `続けるには ${name} と入力:`,
    typeFirst: '先に名前を入力してください。',
    nameDiffers: '名前が違います。',
    applyTitle: (n, role) => `${role} の段階 ${n} を適用しますか?`,
    applyButton: (n) => `段階 ${n} を適用`,
    removes: (n, role) => `${role} から ${countOf(n)} アクションを削除します。`,
    keepsUsed: (days) => `どれも ${days} 日間使われていません。使用中、必要、不明なものは残ります。`,
    calls: 'AWS 呼出し',
    operations: (n) => `${n} 件、それぞれに戻す操作あり`,
    undo: '戻し方',
    undoHow: 'u または復元スクリプトですべて元に戻ります',
    overrides: '名前の入力で次を上書きします:',
    guarded: (role, why) => `${role} は保護されています: ${why}`,
    guardedHint: 'この保護は上書きできません。',
    unproved: (n) => `段階 ${n} は証明されていないため、適用できません。`,
    quarantine: {
      title: (role) => `${role} を隔離しますか?`,
      button: '隔離する',
      effect: (role) => `1 つのインラインポリシーが ${role} のすべてを拒否します。開いているセッションも同じです。`,
      means: 'ロールの他の部分は変わりません。R または u でそのポリシーを外します。',
    },
    release: {
      title: (role) => `${role} の隔離を解除しますか?`,
      button: '解除する',
      effect: (role) => `隔離の Deny を外します: ${role} は再びポリシーの許すことができます。`,
      means: '他の変更と同じく台帳に残ります。',
    },
    rollbackTitle: (role) => `${role} を元に戻しますか?`,
    rollbackButton: '元に戻す',
    rollbackWhat: (what, age) => `「${what}」（${age}）を取り消します。`,
    rollbackMeans: 'ポリシーはその変更の前に戻ります。このロールの後の変更から順に取り消し、他の人の編集は残します。',
    recoverTitle: { resume: (role) => `${role} の変更を再開しますか?`, rollback: (role) => `${role} の変更を元に戻しますか?` },
    quitTitle: '変更の実行中に終了しますか?',
    quitButton: '終了',
    quitWhat: (role) => `${role} の変更を実行中です。`,
    quitMeans:
      '実行中の操作の後で止まり、それまでの操作は取り消されます。間に合わないときは、次の起動で再開するかすべて元に戻すかを選べます。',
  },
  refusal: {
    title: '実行できません',
    nothing: '何も変わっていません。',
    close: 'Enter か Esc で閉じる',
  },
  lists: {
    help: { title: 'ここでできること', hint: '入力で絞り込み、↑↓ と Enter で実行、Esc で閉じる' },
    palette: { title: 'コマンドとロール', hint: 'コマンドかロールを入力、Enter で実行または移動、Esc で閉じる' },
    columns: { title: '列', hint: 'Space か Enter で表示を切り替え、Esc で閉じる' },
    'give-back': { title: '返却', hint: '入力で絞り込み、Enter で選択、Esc で閉じる' },
  },
  help: {
    title: 'ここでできること',
    hint: '入力で絞り込み、↑↓ と Enter で実行、Esc で閉じる',
    none: (filter) => `"${filter}" に合うものはありません。`,
  },
}
