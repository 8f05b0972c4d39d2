import { useEffect, useRef } from 'react'
import { type StickToBottomInstance, useStickToBottom } from 'use-stick-to-bottom'

/** Any difference will do to tell of a resize, in pixels; this one is told apart from those of the content. */
const TOLD = 0.5

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
  const { scrollRef, state } = stick

  useEffect(() => {
    if (empty) state.scrollTop = 0
  }, [empty, state])

  useEffect(() => {
    const element = scrollRef.current
    if (!element) return
    const observer = new ResizeObserver(() => {
      if (!state.isAtBottom) return
      // The browser moves what stands in a log that has grown. Told as a resize, that is no reader who scrolls up.
      state.resizeDifference ||= TOLD
      state.scrollTop = state.calculatedTargetScrollTop
      requestAnimationFrame(() => {
        setTimeout(() => {
          if (state.resizeDifference === TOLD) state.resizeDifference = 0
        }, 1)
      })
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [scrollRef, state])

  return stick
}
