import { type RefObject, useCallback, useEffect } from 'react'

/**
 * Brings the focus to where one writes, on devices where that does not raise a keyboard over the page: when the page
 * opens, and whenever the returned function is called because what had the focus is gone.
 */
export function useComposerFocus(field: RefObject<HTMLTextAreaElement | null>): () => void {
  const rest = useCallback(() => {
    if (window.matchMedia('(pointer: fine)').matches) field.current?.focus({ preventScroll: true })
  }, [field])
  useEffect(() => {
    if (document.activeElement === document.body) rest()
  }, [rest])
  return rest
}
