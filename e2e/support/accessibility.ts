import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright'

/** What axe finds on a page as it is shown now: everything in light, and contrast again in dark. */
export async function faultsOf(page: Page, only: string[] = []): Promise<string[]> {
  const faults: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const axe = new AxeBuilder({ page }).setLegacyMode(true)
    for (const part of only) axe.include(part)
    if (colorScheme === 'dark') axe.withRules(['color-contrast'])
    const { violations } = await axe.analyze()
    faults.push(...violations.map(({ id, nodes }) => `${colorScheme} ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`))
  }
  return faults
}

/** What stands out of the page at its sides, or makes it scroll sideways. */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth
    const wide = document.documentElement.scrollWidth > width ? [`the page: ${document.documentElement.scrollWidth}`] : []
    const lost = [...document.querySelectorAll('a, button, input, textarea, h1, h2')].filter((element) => {
      const { left, right, width: own } = element.getBoundingClientRect()
      const scrolls = element.closest('[tabindex="0"]:not([role=log]), ul.overflow-x-auto, pre, .swagger-ui, .visually-hidden, .skip-link')
      return own > 1 && element.checkVisibility() && !scrolls && (left < -1 || right > width + 1)
    })
    return [...wide, ...lost.map(({ outerHTML }) => outerHTML.slice(0, 120))]
  })
}

/** Notes from now on what moves on a page, though it was asked not to; returns what has moved so far. */
export async function watchMotion(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    Object.assign(window, { moved: [] as string[] })
    document.addEventListener('animationstart', ({ target, animationName }) => {
      const { animationDuration, animationIterationCount } = getComputedStyle(target as Element)
      const still = Number.parseFloat(animationDuration) <= 0.001 && animationIterationCount === '1'
      if (!still) (window as unknown as { moved: string[] }).moved.push(`${animationName} ${animationDuration}`)
    })
  })
  return () => page.evaluate(() => (window as unknown as { moved: string[] }).moved)
}
