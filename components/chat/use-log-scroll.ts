import { useEffect, useRef } from 'react'
import { type StickToBottomInstance, useStickToBottom } from 'use-stick-to-bottom'

/**
 * Keeps the end of the log in sight for who is there already, also when the log's own height changes: a keyboard
 * comes up, the message grows. `empty`: a greeting is read from its beginning.
 */
export function useLogScroll(empty: boolean): StickToBottomInstance {
  const isEmpty = useRef(empty)
  isEmpty.current = empty
  const stick = useStickToBottom({
    initial: 'instant',
    resize: 'instant',
    targetScrollTop: (end) => (isEmpty.current ? 0 : end),
  })
  const { scrollRef, scrollToBottom, state } = stick

  useEffect(() => {
    const element = scrollRef.current
    if (!element) return
    const observer = new ResizeObserver(() => {
      if (state.isAtBottom) void scrollToBottom('instant')
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [scrollRef, scrollToBottom, state])

  return stick
}
