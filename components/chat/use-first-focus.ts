import { type RefObject, useEffect } from 'react'

/** Puts the focus where one writes, on devices where that does not raise a keyboard over the page. */
export function useFirstFocus(field: RefObject<HTMLTextAreaElement | null>): void {
  useEffect(() => {
    const untouched = document.activeElement === document.body
    if (untouched && window.matchMedia('(pointer: fine)').matches) field.current?.focus({ preventScroll: true })
  }, [field])
}
