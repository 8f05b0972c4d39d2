import type { Place } from '#lib/identity/places.ts'
import type { SessionRef } from '#lib/session/ports.ts'
import type { Call } from './door.ts'
import { eventStream, type ServerSentEvent } from './sse.ts'

/** Answers that hold their line: each takes a place of its address and of its session for as long as it lasts. */

/** Takes a place for a request that waits. Throws `too_many_connections`. */
export function placeFor({ house, origin }: Call, ref: SessionRef): Place {
  const place = house.takePlace(origin.ip)
  try {
    place.join(ref.key)
  } catch (error) {
    place.leave()
    throw error
  }
  return place
}

/**
 * Answers with a stream of events. `begin` does what comes before them, and throws what becomes the answer instead; when
 * there is no place it is not called: nothing is done for a stream that cannot be. `headers` are asked for after it.
 */
export async function streamEvents(
  call: Call,
  ref: SessionRef,
  begin: () => Promise<(signal: AbortSignal) => AsyncIterable<ServerSentEvent>>,
  headers: () => Record<string, string> = () => ({}),
): Promise<Response> {
  const place = placeFor(call, ref)
  try {
    const events = await begin()
    return eventStream(call.request, events, { headers: headers(), ended: place.leave })
  } catch (error) {
    place.leave()
    throw error
  }
}
