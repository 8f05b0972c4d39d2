import { useEffect, useRef } from 'react'
import type { StoredMessage } from '#lib/protocol/events.ts'

/** Counts in the tab's title the messages that came while nobody looked. */
export function useUnreadTitle(messages: readonly StoredMessage[]): void {
  const seen = useRef(0)
  const title = useRef<string>(undefined)
  const last = messages.at(-1)?.seq ?? 0

  useEffect(() => {
    title.current ??= document.title
    const original = title.current
    function show(): void {
      if (!document.hidden) seen.current = last
      const unread = messages.filter(({ seq }) => seq > seen.current).length
      document.title = unread > 0 ? `(${unread}) ${original}` : original
    }
    show()
    document.addEventListener('visibilitychange', show)
    return () => document.removeEventListener('visibilitychange', show)
  }, [messages, last])
}
