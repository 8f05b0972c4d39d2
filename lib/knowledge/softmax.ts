import type { Example } from './classifier.ts'
import { mapInSteps, type Steps } from './steps.ts'

/** Times that every example is learned from; the last steps are the smallest. */
const ROUNDS = 2
const STEP = 2.5
/** What was seen once only tells nothing of other texts. */
const FEWEST = 2
/** A class that is wrong by less than this about an example has nothing more to learn from it. */
const LEARNED = 1e-3
/** Multiplications that learning may take (about half a second), and coefficients that may be kept. */
const MOST_WORK = 1e8
const MOST_KEPT = 2e7

/**
 * Softmax regression, learned by stochastic gradient descent: unlike counting, it gives to each feature only what the others
 * of the same text do not say already. Returns the probability of every class for a text's features; undefined when there is
 * nothing to learn from, or too much to be learned while a desk opens.
 */
export function* softmaxInSteps<Label>(
  examples: readonly Example<Label>[],
): Steps<((features: Iterable<string>) => Map<Label, number>) | undefined> {
  const labels = [...new Set(examples.map(({ label }) => label))]
  const size = labels.length
  const places = new Map(labels.map((label, at) => [label, at]))
  const numbers = new Map<string, number>()
  const times: number[] = []
  const numbered = yield* mapInSteps(examples, ({ features }) => features.map((feature) => numberOf(feature, numbers)))
  for (const own of numbered) for (const number of own) times[number] = (times[number] ?? 0) + 1
  // Those that are kept are numbered anew.
  const seen: number[] = []
  const kept = times.map((count) => (count >= FEWEST ? seen.push(count) - 1 : -1))
  const keep = (own: number[]) =>
    Int32Array.from(
      own.filter((number) => (kept[number] ?? -1) >= 0),
      (number) => kept[number] as number,
    )
  const texts = yield* mapInSteps(examples, ({ label, weight }, at) => ({
    own: keep(numbered[at] ?? []),
    place: places.get(label) as number,
    weight,
  }))
  const work = ROUNDS * size * texts.reduce((sum, { own }) => sum + own.length, 0)
  if (size < 2 || work > MOST_WORK || size * seen.length > MOST_KEPT) return undefined

  const rarity = Float64Array.from(seen, (count) => Math.log(1 + texts.length / count))
  const coefficients = new Float32Array(seen.length * size)
  const odds = new Float64Array(size)

  /** What each feature counts: rare ones say more, and every text says as much as any other. */
  function valuesOf(own: ArrayLike<number>): Float64Array {
    const values = Float64Array.from(own, (number) => rarity[number] as number)
    let sum = 0
    for (const value of values) sum += value * value
    const scale = 1 / Math.sqrt(sum || 1)
    return values.map((value) => value * scale)
  }

  function judge(own: ArrayLike<number>, values: Float64Array): void {
    odds.fill(0)
    for (let index = 0; index < own.length; index += 1) {
      const value = values[index] as number
      const start = (own[index] as number) * size
      for (let at = 0; at < size; at += 1) odds[at] = (odds[at] as number) + value * (coefficients[start + at] as number)
    }
    let most = Number.NEGATIVE_INFINITY
    for (let at = 0; at < size; at += 1) most = Math.max(most, odds[at] as number)
    let sum = 0
    for (let at = 0; at < size; at += 1) {
      odds[at] = Math.exp((odds[at] as number) - most)
      sum += odds[at] as number
    }
    for (let at = 0; at < size; at += 1) odds[at] = (odds[at] as number) / sum
  }

  /** Which classes are still wrong about the text that was judged last, and what they are to change by. */
  const wrong = new Int32Array(size)
  const changes = new Float64Array(size)
  function learn(own: ArrayLike<number>, values: Float64Array, place: number, step: number): void {
    let count = 0
    for (let at = 0; at < size; at += 1) {
      const error = (at === place ? 1 : 0) - (odds[at] as number)
      if (Math.abs(error) < LEARNED) continue
      wrong[count] = at
      changes[count] = step * error
      count += 1
    }
    for (let index = 0; index < own.length; index += 1) {
      const value = values[index] as number
      const start = (own[index] as number) * size
      for (let at = 0; at < count; at += 1) {
        const place = start + (wrong[at] as number)
        coefficients[place] = (coefficients[place] as number) + value * (changes[at] as number)
      }
    }
  }

  const order = shuffled(yield* mapInSteps(texts, (text) => ({ ...text, values: valuesOf(text.own) })))
  for (let round = 0; round < ROUNDS; round += 1) {
    const step = STEP / (1 + round / 2)
    for (const { own, values, place, weight } of order) {
      judge(own, values)
      learn(own, values, place, step * weight)
      yield
    }
  }

  return (features) => {
    const own = keep([...new Set(features)].flatMap((feature) => numbers.get(feature) ?? []))
    judge(own, valuesOf(own))
    return new Map(labels.map((label, at) => [label, odds[at] as number]))
  }
}

function numberOf(feature: string, numbers: Map<string, number>): number {
  let number = numbers.get(feature)
  if (number === undefined) {
    number = numbers.size
    numbers.set(feature, number)
  }
  return number
}

/** Examples come class by class, which is the worst order to learn in; this one is the same every time. */
function shuffled<T>(list: readonly T[]): T[] {
  const mixed = [...list]
  let state = 1
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    state = (state * 1103515245 + 12345) % 2 ** 31
    const other = state % (at + 1)
    ;[mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T]
  }
  return mixed
}
