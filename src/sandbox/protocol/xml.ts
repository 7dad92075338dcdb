/** The little XML writing that the query protocol needs: values are escaped here and nowhere else. */

const special = /[<>&"\r]/
const escapes: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;', '\r': '&#xD;' }

export function escapeXml(text: string): string {
  return special.test(text) ? text.replace(/[<>&"\r]/g, (char) => escapes[char] ?? char) : text
}

/** Long XML in pieces, of which some are bytes already. */
export type XmlPieces = readonly (string | Uint8Array)[]

export function xmlBytes(pieces: XmlPieces): Uint8Array {
  return Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)))
}

/** An element with a text value; an absent value writes no element, as AWS does. */
export function element(name: string, value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return ''
  return `<${name}>${typeof value === 'string' ? escapeXml(value) : value}</${name}>`
}

/** An element around inner XML. */
export function wrap(name: string, inner: string): string {
  return inner === '' ? `<${name}/>` : `<${name}>${inner}</${name}>`
}

/** A list as AWS writes it: `<Name><member>…</member></Name>`, an empty element when there is nothing. */
export function members<T>(name: string, items: readonly T[], inner: (item: T) => string): string {
  return wrap(name, items.map((item) => wrap('member', inner(item))).join(''))
}

const RESERVED = /[!'()]/

/** Percent-encoding by RFC 3986, as IAM returns policy documents. Stars are in most of them, the rest in few. */
function percentEncode(text: string): string {
  const encoded = encodeURIComponent(text).replaceAll('*', '%2A')
  if (!RESERVED.test(encoded)) return encoded
  return encoded.replace(/[!'()]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** A policy document as IAM returns it. Percent-encoded text has nothing that XML would have to escape. */
export function documentElement(name: string, text: string): string {
  return `<${name}>${percentEncode(text)}</${name}>`
}

/** IAM prints instants in whole seconds. */
export function instant(iso: string): string {
  return iso.length > 20 ? `${iso.slice(0, 19)}Z` : iso
}
