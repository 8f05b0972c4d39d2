import { useEffect } from 'react'

/**
 * Keeps the page as high as what is seen of it: where an on-screen keyboard covers the page instead of making it
 * smaller (iOS), the composer would else be under the keyboard. A page that is zoomed with two fingers is left alone.
 */
export function useViewportHeight(): void {
  useEffect(() => {
    const viewport = window.visualViewport
    if (!viewport) return
    const { style } = document.documentElement
    function fit(): void {
      const covered = viewport !== null && viewport.scale === 1 && viewport.height < window.innerHeight - 1
      style.setProperty('--seen-height', covered ? `${viewport?.height}px` : '100dvh')
      style.setProperty('--seen-top', covered ? `${viewport?.offsetTop}px` : '0px')
    }
    fit()
    viewport.addEventListener('resize', fit)
    viewport.addEventListener('scroll', fit)
    return () => {
      viewport.removeEventListener('resize', fit)
      viewport.removeEventListener('scroll', fit)
      style.removeProperty('--seen-height')
      style.removeProperty('--seen-top')
    }
  }, [])
}
