/** A text as what it is judged by, and the class it is an example of. */
export interface Example<Label> {
  features: string[]
  label: Label
  /** How much it counts. */
  weight: number
}

/** Every feature counts as seen this often in every class, so that none rules a class out. */
const SMOOTHING = 0.1

/**
 * Complement naive Bayes (Rennie et al., 2003): what speaks for a class is what its examples have and those of the
 * others do not. It learns by counting, so it is ready at once. Returns the probability of every class, which is not
 * calibrated: features are counted as if they said different things, tempered by the root of their number.
 */
export function createClassifier<Label>(examples: Iterable<Example<Label>>) {
  const classes: Label[] = []
  const indexes = new Map<Label, number>()
  const totals: number[] = []
  const counts = new Map<string, Map<number, number>>()
  for (const { features, label, weight } of examples) {
    let index = indexes.get(label)
    if (index === undefined) {
      index = classes.push(label) - 1
      indexes.set(label, index)
      totals.push(0)
    }
    for (const feature of features) {
      const own = counts.get(feature) ?? new Map<number, number>()
      if (own.size === 0) counts.set(feature, own)
      own.set(index, (own.get(index) ?? 0) + weight)
      totals[index] = (totals[index] as number) + weight
    }
  }
  const all = totals.reduce((sum, total) => sum + total, 0)
  const room = SMOOTHING * counts.size
  // What a feature says for a class that never had it: the same for all features, but for a part that all classes share.
  const absent = totals.map((total) => Math.log(all - total + room) - Math.log(total + room))

  return function probabilities(features: Iterable<string>): Map<Label, number> {
    const sums = new Float64Array(classes.length)
    let known = 0
    for (const feature of new Set(features)) {
      const own = counts.get(feature)
      if (!own) continue
      known += 1
      let seen = 0
      for (const count of own.values()) seen += count
      for (const [index, count] of own) {
        const gain = Math.log(count / SMOOTHING + 1) - Math.log((seen - count + SMOOTHING) / (seen + SMOOTHING))
        sums[index] = (sums[index] as number) + gain
      }
    }
    const temper = 1 / Math.sqrt(Math.max(1, known))
    const scores = classes.map((_, index) => temper * ((sums[index] as number) + known * (absent[index] as number)))
    const most = Math.max(...scores)
    const odds = scores.map((score) => Math.exp(score - most))
    const sum = odds.reduce((a, b) => a + b, 0)
    return new Map(classes.map((label, index) => [label, (odds[index] as number) / sum]))
  }
}
