/**
 * Whether a message belongs to what the articles are about: a logistic regression over its words, word pairs and
 * concepts, trained when the articles are read. What belongs is what they say and are asked; what does not
 * is what people ask elsewhere (`background/`) and words of other walks of life (`lexicon/elsewhere.ts`).
 */
export interface Example {
  features: string[]
  belongs: boolean
  /** How much it counts. */
  weight: number
}

/** Features are hashed into this many weights. */
const SIZE = 1 << 16
const EPOCHS = 4
/** AdaGrad's step and start, and what keeps weights small. */
const STEP = 0.2
const START = 0.01
const DECAY = 1e-4
/** The most that can be said for or against. */
const MOST = 6

/** Trains on examples; returns the judge: the log-odds that a message belongs, -6 … 6, 0 when it cannot tell. */
export function trainBelonging(examples: Example[]): (features: string[]) => number {
  if (!examples.some(({ belongs }) => belongs) || examples.every(({ belongs }) => belongs)) return () => 0
  const weights = new Float32Array(SIZE)
  const squares = new Float32Array(SIZE).fill(START)
  const data = examples.map(({ features, belongs, weight }) => ({ slots: slotsOf(features), target: belongs ? 1 : 0, weight }))
  let bias = 0

  function score(slots: Uint16Array): number {
    let sum = 0
    for (const slot of slots) sum += weights[slot] as number
    return bias + sum / Math.sqrt(Math.max(1, slots.length))
  }

  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    for (const { slots, target, weight } of shuffled(data, epoch + 1)) {
      const error = (1 / (1 + Math.exp(-score(slots))) - target) * weight
      bias -= 0.02 * error
      const scale = error / Math.sqrt(Math.max(1, slots.length))
      for (const slot of slots) {
        const gradient = scale + DECAY * (weights[slot] as number)
        squares[slot] = (squares[slot] as number) + gradient * gradient
        weights[slot] = (weights[slot] as number) - (STEP * gradient) / Math.sqrt(squares[slot] as number)
      }
    }
  }
  return (features) => (features.length === 0 ? 0 : Math.max(-MOST, Math.min(MOST, score(slotsOf(features)))))
}

function slotsOf(features: string[]): Uint16Array {
  return Uint16Array.from(new Set(features.map(hash)))
}

/** FNV-1a, folded to the number of weights. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return (value ^ (value >>> 16)) & (SIZE - 1)
}

/** The same order at every start, another one in every epoch. */
function shuffled<T>(items: T[], seed: number): T[] {
  const order = [...items]
  let state = seed
  for (let at = order.length - 1; at > 0; at -= 1) {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    const other = state % (at + 1)
    const kept = order[at] as T
    order[at] = order[other] as T
    order[other] = kept
  }
  return order
}
