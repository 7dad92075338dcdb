/**
 * Whether a text matches a pattern of `*` and `?`, both in the same case. A `*` first takes nothing and takes one character
 * more each time the rest does not fit; only the newest `*` needs to be tried again, so no pattern is slow.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  let at = 0
  let star = -1
  let taken = 0
  for (let place = 0; place < text.length; ) {
    const expected = pattern[at]
    if (expected === '*') {
      star = at++
      taken = place
    } else if (expected === '?' || expected === text[place]) {
      at++
      place++
    } else if (star >= 0) {
      at = star + 1
      place = ++taken
    } else return false
  }
  while (pattern[at] === '*') at++
  return at === pattern.length
}
