/** IPv4 and IPv6 addresses as numbers, and ranges in CIDR form. An address of one family is in no range of the other. */
type Address = { readonly bits: 32 | 128; readonly value: bigint }

/** A range without a prefix length is one address. Host bits of a range count for nothing: `10.0.0.7/8` is `10.0.0.0/8`. */
export function isInRange(address: string, range: string): boolean {
  const [network = '', length, ...rest] = range.split('/')
  const inner = readAddress(address)
  const outer = readAddress(network)
  if (inner === null || outer === null || inner.bits !== outer.bits || rest.length > 0) return false
  const prefix = length === undefined ? outer.bits : readPrefix(length)
  if (prefix === null || prefix > outer.bits) return false
  const free = BigInt(outer.bits - prefix)
  return inner.value >> free === outer.value >> free
}

const readPrefix = (text: string): number | null => (/^\d{1,3}$/.test(text) ? Number(text) : null)

function readAddress(text: string): Address | null {
  const value = text.includes(':') ? ipv6Value(text) : ipv4Value(text)
  return value === null ? null : { bits: text.includes(':') ? 128 : 32, value }
}

const OCTET = /^(?:0|[1-9]\d{0,2})$/
const GROUP = /^[0-9a-f]{1,4}$/i
const GROUPS = 8

function ipv4Value(text: string): bigint | null {
  const octets = text.split('.')
  if (octets.length !== 4 || !octets.every((octet) => OCTET.test(octet) && Number(octet) < 256)) return null
  return octets.reduce((value, octet) => (value << 8n) | BigInt(octet), 0n)
}

/** One `::` stands for as many zero groups as are missing; the last two groups may be written as an IPv4 address. */
function ipv6Value(text: string): bigint | null {
  const plain = withoutDots(text)
  if (plain === null) return null
  const halves = plain.split('::')
  const [before = [], after = []] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = GROUPS - before.length - after.length
  if (halves.length > 2 || (halves.length === 2 ? missing < 1 : missing !== 0)) return null
  const groups = [...before, ...Array.from({ length: missing }, () => '0'), ...after]
  if (!groups.every((group) => GROUP.test(group))) return null
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n)
}

function withoutDots(text: string): string | null {
  if (!text.includes('.')) return text
  const start = text.lastIndexOf(':') + 1
  const value = ipv4Value(text.slice(start))
  return value === null ? null : `${text.slice(0, start)}${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`
}
