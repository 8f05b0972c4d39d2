import { useEffect, useState } from 'react'

/** The whole seconds until a time (epoch milliseconds), 0 once it is over or where there is none; counts down while it is shown. */
export function useCountdown(until: number | undefined): number {
  const [left, setLeft] = useState(() => (until === undefined ? 0 : secondsUntil(until, Date.now())))
  useEffect(() => {
    if (until === undefined) return
    const end = until
    let timer: ReturnType<typeof setTimeout>
    // Each tick is set for the end of its second, however late the one before came.
    function tick(): void {
      const now = Date.now()
      const seconds = secondsUntil(end, now)
      setLeft(seconds)
      if (seconds > 0) timer = setTimeout(tick, end - (seconds - 1) * 1000 - now)
    }
    tick()
    return () => clearTimeout(timer)
  }, [until])
  return until === undefined ? 0 : left
}

export function secondsUntil(until: number, now: number): number {
  return Math.max(0, Math.ceil((until - now) / 1000))
}

/** A time to wait as a clock shows it: `4:59`, `1:00:00`. */
export function clockTime(seconds: number): string {
  const two = (part: number) => String(part).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  const rest = two(seconds % 60)
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`
}
