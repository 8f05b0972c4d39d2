import type { Answer } from './fetch-page.ts'

/** The name by which a site's robots.txt may speak of a desk. */
export const ROBOT = 'Frontdesk'
/** A site that asks for more time between two requests gets this much, in seconds. */
const LONGEST_DELAY = 10

export interface Robots {
  allows: (url: URL) => boolean
  /** Between two requests, in milliseconds. */
  delayMs: number
}

/**
 * What a site's robots.txt (RFC 9309) lets a desk fetch, asked once a site: all of it where there is none.
 * Throws when it cannot be had: then nothing is fetched either.
 */
export function createRobots(get: (url: URL) => Promise<Answer>): (url: URL) => Promise<Robots> {
  const sites = new Map<string, Promise<Robots>>()

  async function ask(origin: string): Promise<Robots> {
    const address = new URL('/robots.txt', origin)
    const { status, body } = await get(address).catch((error: Error) => {
      throw new Error(`the robots.txt of its site cannot be read: ${error.message}`)
    })
    if (status >= 400 && status < 500) return { allows: () => true, delayMs: 0 }
    if (status !== 200) throw new Error(`the robots.txt of its site cannot be read: it answers ${status}`)
    const { default: parse } = await import('robots-parser')
    const rules = parse(address.href, new TextDecoder().decode(body))
    return {
      allows: ({ href }) => rules.isAllowed(href, ROBOT) !== false,
      delayMs: Math.min(LONGEST_DELAY, rules.getCrawlDelay(ROBOT) ?? 0) * 1000,
    }
  }

  return ({ origin }) => {
    const known = sites.get(origin) ?? ask(origin)
    sites.set(origin, known)
    return known
  }
}
