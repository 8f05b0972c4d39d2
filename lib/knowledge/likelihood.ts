/** The probability that counts as none. */
const LEAST = 1e-4

/** A probability on a scale on which differences count the same everywhere: 0 for the impossible, 1 for the certain. */
export function likelihood(probability: number): number {
  return 1 - Math.log(probability + LEAST) / Math.log(LEAST)
}
