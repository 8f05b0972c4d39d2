import type { Origin } from '#lib/identity/origins.ts'

/**
 * How the judgement of a request travels from the server, which sees the socket, to the route handlers, which do
 * not: in one header that the server writes over whatever the client sent.
 */
const HEADER = 'x-frontdesk-arrival'

export function stamp(headers: Record<string, string | string[] | undefined>, origin: Origin, requestId: string): void {
  headers[HEADER] = JSON.stringify({ origin, requestId })
}

/** Throws when a handler runs without the server that stamps. */
export function readStamp(headers: Headers): { origin: Origin; requestId: string } {
  const value = headers.get(HEADER)
  if (value === null) throw new Error('This page needs its server: start the desk with "npm start" or "npm run dev".')
  return JSON.parse(value)
}
