/**
 * Finds the known word that a mistyped one most likely was: one slip (a letter wrong, missing, doubled or two
 * swapped) in words from 4 letters on, two from 8. Undefined when no known word is that near.
 */
export function createSpelling(known: Map<string, number>): (word: string) => string | undefined {
  const byLength = new Map<number, string[]>()
  for (const word of known.keys()) byLength.set(word.length, [...(byLength.get(word.length) ?? []), word])

  return (word) => {
    const slips = word.length < 4 || /\d/.test(word) ? 0 : word.length < 8 ? 1 : 2
    let best: { word: string; distance: number } | undefined
    for (let length = word.length - slips; length <= word.length + slips && slips > 0; length += 1) {
      for (const candidate of byLength.get(length) ?? []) {
        const limit = best ? best.distance : slips
        const distance = editDistance(word, candidate, limit)
        if (distance > limit) continue
        const nearer = !best || distance < best.distance
        if (nearer || (known.get(candidate) ?? 0) > (known.get(best?.word ?? '') ?? 0)) best = { word: candidate, distance }
      }
    }
    return best?.word
  }
}

/**
 * Insertions, deletions, substitutions and swaps of neighbours between two words (optimal string alignment), or
 * more than `limit`.
 */
export function editDistance(a: string, b: string, limit: number): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let cost = Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1, (last[j - 1] as number) + same)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) cost = Math.min(cost, (before[j - 2] as number) + 1)
      row.push(cost)
    }
    if (Math.min(...row) > limit) return limit + 1
    before = last
    last = row
  }
  return last[b.length] as number
}
