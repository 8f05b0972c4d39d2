/** Words whose correction is remembered: the parts of a message are read more than once. */
const REMEMBERED = 5000

interface Known {
  word: string
  letters: number
  count: number
}

/**
 * Finds the known word that a mistyped one most likely was: one slip (a letter wrong, missing, doubled or two
 * swapped) in words from 4 letters on, two from 8. Undefined when no known word is that near. Of equally near
 * ones the most frequent wins.
 */
export function createSpelling(frequencies: ReadonlyMap<string, number>): (word: string) => string | undefined {
  const byLength = new Map<number, Known[]>()
  for (const [word, count] of frequencies) {
    const known = byLength.get(word.length) ?? []
    known.push({ word, letters: lettersOf(word), count })
    byLength.set(word.length, known)
  }

  const corrected = new Map<string, string | undefined>()

  return (word) => {
    if (!corrected.has(word)) {
      if (corrected.size >= REMEMBERED) corrected.clear()
      corrected.set(word, nearest(word))
    }
    return corrected.get(word)
  }

  function nearest(word: string): string | undefined {
    const slips = word.length < 4 || /\d/.test(word) ? 0 : word.length < 8 ? 1 : 2
    const letters = lettersOf(word)
    let best: (Known & { distance: number }) | undefined
    for (let length = word.length - slips; length <= word.length + slips && slips > 0; length += 1) {
      for (const known of byLength.get(length) ?? []) {
        const limit = best?.distance ?? slips
        // A slip changes two letters at most: most words need no closer look.
        if (bits(letters ^ known.letters) > 2 * limit) continue
        const distance = editDistance(word, known.word, limit)
        if (distance > limit) continue
        if (!best || distance < best.distance || known.count > best.count) best = { ...known, distance }
      }
    }
    return best?.word
  }
}

/** The letters of a word, as bits; letters beyond a to z share them. */
function lettersOf(word: string): number {
  let letters = 0
  for (let at = 0; at < word.length; at += 1) letters |= 1 << (word.charCodeAt(at) % 32)
  return letters
}

function bits(value: number): number {
  let count = 0
  for (let rest = value; rest !== 0; rest &= rest - 1) count += 1
  return count
}

/**
 * Insertions, deletions, substitutions and swaps of neighbours between two words (optimal string alignment), or
 * more than `limit`.
 */
function editDistance(a: string, b: string, limit: number): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let cost = Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1, (last[j - 1] as number) + same)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) cost = Math.min(cost, (before[j - 2] as number) + 1)
      row.push(cost)
      if (cost < least) least = cost
    }
    if (least > limit) return limit + 1
    before = last
    last = row
  }
  return last[b.length] as number
}
