import { atOnce, type Steps } from './steps.ts'

/** A text as what it is judged by, and the class it is an example of. */
export interface Example<Label> {
  features: string[]
  label: Label
  /** How much it counts. */
  weight: number
}

/** Every feature counts as seen this often in every class, so that none rules a class out. */
const SMOOTHING = 0.1
/** How much more the examples of a class count that has fewer than usual, and the most that they may. */
const BALANCE = 1.5
const MOST_BALANCE = 8

/**
 * Complement naive Bayes (Rennie et al., 2003): what speaks for a class is what its examples have and those of the
 * others do not. It learns by counting, so it is ready at once. Returns the probability of every class, which is not
 * calibrated: features are counted as if they said different things, tempered by the root of their number.
 * `balanced` lets the examples of a class count more that has fewer than usual.
 */
export function createClassifier<Label>(examples: Iterable<Example<Label>>, options: { balanced?: boolean } = {}) {
  return atOnce(classifierInSteps(examples, options))
}

/** As createClassifier, in steps. */
export function* classifierInSteps<Label>(examples: Iterable<Example<Label>>, { balanced = false } = {}) {
  const classes: Label[] = []
  const indexes = new Map<Label, number>()
  const totals: number[] = []
  const counts = new Map<string, Counts>()
  for (const { features, label, weight } of examples) {
    let index = indexes.get(label)
    if (index === undefined) {
      index = classes.push(label) - 1
      indexes.set(label, index)
      totals.push(0)
    }
    for (const feature of features) {
      const own = counts.get(feature)
      if (own) add(own, index, weight)
      else counts.set(feature, { classes: [index], counts: [weight], all: weight, highest: index })
      totals[index] = (totals[index] as number) + weight
    }
    yield
  }
  if (balanced) yield* balance(counts, totals)
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
      for (const [at, index] of own.classes.entries()) {
        const count = own.counts[at] as number
        const gain = Math.log(count / SMOOTHING + 1) - Math.log((own.all - count + SMOOTHING) / (own.all + SMOOTHING))
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

/** How often a feature was seen: in which classes, how often in each, and in all. */
interface Counts {
  classes: number[]
  counts: number[]
  all: number
  /** The highest class among them. */
  highest: number
}

function add(own: Counts, index: number, weight: number): void {
  own.all += weight
  // Examples come class by class: it is nearly always the last one, or one that is new here.
  const at = index > own.highest ? -1 : own.classes.lastIndexOf(index)
  if (at < 0) {
    own.highest = Math.max(own.highest, index)
    own.classes.push(index)
    own.counts.push(weight)
  } else own.counts[at] = (own.counts[at] as number) + weight
}

/** A class with few examples (an article without example questions) is not to be overlooked beside those with many. */
function* balance(counts: Map<string, Counts>, totals: number[]): Steps<void> {
  const usual = [...totals].sort((a, b) => a - b)[Math.floor(totals.length / 2)] ?? 0
  const factors = totals.map((total) => Math.min(MOST_BALANCE, Math.max(1, (usual / total) ** BALANCE)))
  for (const own of counts.values()) {
    for (const [at, index] of own.classes.entries()) own.counts[at] = (own.counts[at] as number) * (factors[index] as number)
    own.all = own.counts.reduce((sum, count) => sum + count, 0)
    yield
  }
  for (const [index, factor] of factors.entries()) totals[index] = (totals[index] as number) * factor
}
