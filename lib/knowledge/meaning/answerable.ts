import type { Trial } from './trials.ts'

/** How near the nearest of all things is to a question, and how far it is ahead of the next one. */
type Look = [nearest: number, lead: number]

/** What may have come about by chance is taken off so many times over. */
const CAUTION = 3
const FEWEST = 20

/**
 * Learns from trials how near something is to questions that it answers, and to questions that nothing here answers: the
 * same ones with what is right taken away. Returns, for a question, the logarithm of how many times likelier such
 * nearness is when there is an answer (linear discriminant analysis); 0 when the two cannot be told apart.
 */
export function answerableBy(trials: Trial[]): (near: Float64Array) => number {
  const some = trials.filter(({ near }) => near.length > 2)
  const present = some.map(({ near }) => lookAt(near))
  const absent = some.map(({ near, right }) => lookAt(near, right))
  if (some.length < FEWEST) return () => 0
  const [a, b] = [meanOf(present), meanOf(absent)]
  const [xx, xy, yy] = spreadOf([...present.map((look) => minus(look, a)), ...absent.map((look) => minus(look, b))])
  const apart = minus(a, b)
  const determinant = xx * yy - xy * xy
  if (!(determinant > Number.EPSILON * xx * yy)) return () => 0
  const weights: Look = [(yy * apart[0] - xy * apart[1]) / determinant, (xx * apart[1] - xy * apart[0]) / determinant]
  const distance = times(weights, apart)
  const trust = Math.max(0, 1 - (CAUTION * 4) / some.length / distance)
  const middle: Look = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
  return (near) => trust * times(weights, minus(lookAt(near), middle))
}

function lookAt(near: Float64Array, without = -1): Look {
  let first = Number.NEGATIVE_INFINITY
  let second = Number.NEGATIVE_INFINITY
  for (let at = 0; at < near.length; at += 1) {
    const one = near[at] as number
    if (at === without) continue
    if (one > first) [first, second] = [one, first]
    else if (one > second) second = one
  }
  return [first, first - second]
}

const times = (a: Look, b: Look) => a[0] * b[0] + a[1] * b[1]
const minus = (a: Look, b: Look): Look => [a[0] - b[0], a[1] - b[1]]

function meanOf(looks: Look[]): Look {
  const sum = looks.reduce<Look>((a, b) => [a[0] + b[0], a[1] + b[1]], [0, 0])
  return [sum[0] / looks.length, sum[1] / looks.length]
}

function spreadOf(differences: Look[]): [xx: number, xy: number, yy: number] {
  const mean = (value: (look: Look) => number) => differences.reduce((sum, look) => sum + value(look), 0) / differences.length
  return [mean(([x]) => x * x), mean(([x, y]) => x * y), mean(([, y]) => y * y)]
}
