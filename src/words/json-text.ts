/** What a terminal or an editor could act on inside a JSON string: C1 controls, bidi controls, invisible characters. */
const risky = /[\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/g

/** JSON whose text is safe to show: hostile characters are written as escapes, so that the value stays what it was. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2).replace(risky, (found) =>
    Array.from({ length: found.length }, (_, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
  )}\n`
}
