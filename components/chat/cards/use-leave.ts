import { type RefObject, useLayoutEffect, useRef } from 'react'

/** Calls back when what is drawn in `box` goes away while it has the focus: the focus would be lost with it. */
export function useLeave(box: RefObject<HTMLElement | null>, onLeave: () => void): void {
  const leave = useRef(onLeave)
  leave.current = onLeave
  useLayoutEffect(() => {
    const { current } = box
    return () => {
      // The element is still there now, and gone when the callback is called.
      if (current?.contains(document.activeElement)) queueMicrotask(leave.current)
    }
  }, [box])
}
