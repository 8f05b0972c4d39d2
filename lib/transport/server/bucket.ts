/** A token bucket: `perSecond` on average, twice that at once. Time is monotonic. */
export function createBucket(perSecond: number) {
  const size = perSecond * 2
  let tokens = size
  let at = performance.now()
  return {
    /** Takes one; returns 0, or the milliseconds after which one will be there. */
    take(): number {
      const now = performance.now()
      tokens = Math.min(size, tokens + ((now - at) / 1000) * perSecond)
      at = now
      if (tokens >= 1) {
        tokens -= 1
        return 0
      }
      return ((1 - tokens) / perSecond) * 1000
    },
  }
}
