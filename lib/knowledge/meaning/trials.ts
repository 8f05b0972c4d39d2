import { mapInSteps, type Steps } from '../steps.ts'

/** One question of which it is known what answers it: how near it is to each thing there is, and which of them is right. */
export interface Trial {
  near: Float64Array
  right: number
}

/** How much less likely than the best a sharpness may be for the trials not to speak against it: two standard errors. */
const DOUBT = 2
/** Above it all but the nearest is as good as ruled out. */
const SHARPEST = 1000
const HALVINGS = 30

/**
 * How much nearness says: with it as `sharpness`, exp(sharpness × nearness), made a distribution, is how likely each
 * thing is the right one. It is the least that the trials do not speak against, so it is 0 (nearness says nothing) for
 * vectors that find what is right no oftener than chance does.
 */
export function* sharpnessIn(trials: Trial[]): Steps<number> {
  if (trials.length === 0) return 0
  // The likelihood has one maximum: its slope falls as the sharpness grows.
  const best = yield* halving(trials, ({ slope }) => slope > 0, SHARPEST)
  const { likelihood } = yield* judge(trials, best)
  return yield* halving(trials, (at) => at.likelihood < likelihood - DOUBT, best)
}

/** The sharpness up to which something holds, between 0 and `most`. */
function* halving(trials: Trial[], holds: (at: { likelihood: number; slope: number }) => boolean, most: number): Steps<number> {
  let low = 0
  let high = most
  if (!holds(yield* judge(trials, 0))) return 0
  for (let step = 0; step < HALVINGS; step += 1) {
    const middle = (low + high) / 2
    if (holds(yield* judge(trials, middle))) low = middle
    else high = middle
  }
  return low
}

/** How likely what is right is by a sharpness (as a logarithm), over all trials, and how that changes with it. */
function* judge(trials: Trial[], sharpness: number): Steps<{ likelihood: number; slope: number }> {
  const each = yield* mapInSteps(trials, ({ near, right }) => {
    const own = near[right] as number
    const most = mostOf(near)
    let sum = 0
    let weighted = 0
    for (const one of near) {
      const odds = Math.exp(sharpness * (one - most))
      sum += odds
      weighted += odds * one
    }
    return { likelihood: sharpness * (own - most) - Math.log(sum), slope: own - weighted / sum }
  })
  return each.reduce((a, b) => ({ likelihood: a.likelihood + b.likelihood, slope: a.slope + b.slope }), { likelihood: 0, slope: 0 })
}

export function mostOf(values: Float64Array): number {
  let most = Number.NEGATIVE_INFINITY
  for (const value of values) if (value > most) most = value
  return most
}
