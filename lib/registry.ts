import type { Desk } from './desk.ts'

/**
 * The seat of the one desk of this process. The server and the page bundles each have their own copy of every
 * module, so the desk cannot live in a module: it lives on `globalThis`.
 */
const seat = Symbol.for('frontdesk.desk')
const hall = globalThis as { [seat]?: Desk }

export function provideDesk(desk: Desk): void {
  hall[seat] = desk
}

/** The desk. To be asked inside a handler, never while a module loads: `next build` loads them without one. */
export function desk(): Desk {
  const provided = hall[seat]
  if (!provided) throw new Error('There is no desk in this process. Start it with "npm start", not with "next start".')
  return provided
}
