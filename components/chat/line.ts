import type { Snapshot } from '#lib/transport/client/desk-client.ts'

/** A line to the desk stands: what is sent goes now, and what is answered comes. */
export function isOnline(connection: Snapshot['connection']): boolean {
  return connection === 'live' || connection === 'polling'
}
