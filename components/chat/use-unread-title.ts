import { useEffect, useRef } from 'react'
import type { News } from './new-messages.ts'

/** Counts in the tab's title the news that came while nobody looked. */
export function useUnreadTitle(news: readonly News[]): void {
  const seen = useRef(0)
  const title = useRef<string>(undefined)
  const last = news.at(-1)?.seq ?? 0

  useEffect(() => {
    title.current ??= document.title
    const original = title.current
    function show(): void {
      if (!document.hidden) seen.current = last
      const unread = news.filter(({ seq }) => seq > seen.current).length
      document.title = unread > 0 ? `(${unread}) ${original}` : original
    }
    show()
    document.addEventListener('visibilitychange', show)
    return () => document.removeEventListener('visibilitychange', show)
  }, [news, last])
}
