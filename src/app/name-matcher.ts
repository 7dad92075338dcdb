/**
 * A name, in lower case, matches where it holds the word, or where the word's letters are found in order, each beside the one
 * before or at the start of a part of the name: `lar` finds `legacy-admin-role`, not every name with these letters somewhere.
 */
export function nameMatcher(word: string): (name: string) => boolean {
  const matchesParts = partsMatcher(word)
  return word.length > 1 ? (name) => name.includes(word) || matchesParts(name) : (name) => name.includes(word)
}

/** After anything but a letter or a digit. Asked for every letter of every name, so codes are compared. */
function isStart(name: string, index: number): boolean {
  const before = index === 0 ? 0 : name.charCodeAt(index - 1)
  return !((before >= 97 && before <= 122) || (before >= 48 && before <= 57))
}

/**
 * Goes through the name once for each letter, with all places behind which the letters until now can have ended: no way is tried
 * twice, however often a letter comes again. The two lists of places are used for name after name.
 */
function partsMatcher(word: string): (name: string) => boolean {
  const letters = Array.from(word, (letter) => letter.charCodeAt(0))
  let ends: number[] = []
  let next: number[] = []
  return (name) => {
    ends[0] = 0
    let count = 1
    for (const letter of letters) {
      let found = 0
      let waiting = 0
      for (let index = ends[0] ?? 0; index < name.length; index++) {
        if (waiting < count && (ends[waiting] ?? 0) < index) waiting++
        const isBeside = waiting < count && ends[waiting] === index
        if (name.charCodeAt(index) === letter && (isBeside || isStart(name, index))) next[found++] = index + 1
      }
      if (found === 0) return false
      ;[ends, next] = [next, ends]
      count = found
    }
    return true
  }
}
