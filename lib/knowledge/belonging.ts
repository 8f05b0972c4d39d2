import { atOnce, type Steps } from './steps.ts'

/** Every feature counts as seen this often on either side, so that none decides alone. */
const SMOOTHING = 0.1
const MOST = 6

/** A text as what it is judged by, and how much it counts. */
export interface Sample {
  features: string[]
  weight: number
}

/**
 * Learns by counting how people speak here and how elsewhere. Returns how much more likely a text is here: the log odds
 * of its features, tempered by the root of their number as they hardly say different things, -6 … 6; 0 when there
 * is nothing to tell it by. Shares are compared, not counts: a few articles beside a large background are no disadvantage.
 */
export function createBelonging(here: Sample[], elsewhere: Sample[]): (features: string[]) => number {
  return atOnce(belongingInSteps(here, elsewhere))
}

/** As createBelonging, in steps. */
export function* belongingInSteps(here: Sample[], elsewhere: Sample[]): Steps<(features: string[]) => number> {
  if (here.length === 0 || elsewhere.length === 0) return () => 0
  const own = yield* count(here)
  const others = yield* count(elsewhere)
  const room = SMOOTHING * new Set([...own.counts.keys(), ...others.counts.keys()]).size
  const share = ({ counts, total }: Counted, feature: string) => ((counts.get(feature) ?? 0) + SMOOTHING) / (total + room)

  return (features) => {
    let sum = 0
    let known = 0
    for (const feature of features) {
      if (!own.counts.has(feature) && !others.counts.has(feature)) continue
      known += 1
      sum += Math.log(share(own, feature) / share(others, feature))
    }
    return Math.max(-MOST, Math.min(MOST, sum / Math.sqrt(Math.max(1, known))))
  }
}

interface Counted {
  counts: Map<string, number>
  total: number
}

function* count(samples: Sample[]): Steps<Counted> {
  const counts = new Map<string, number>()
  let total = 0
  for (const { features, weight } of samples) {
    for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + weight)
    total += weight * features.length
    yield
  }
  return { counts, total }
}
