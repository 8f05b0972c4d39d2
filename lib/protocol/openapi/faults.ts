import { type ErrorCode, errorCodes, verdict } from '../errors.ts'
import type { ErrorRow } from './document.ts'

/** What each error code means, for people who meet it. */
export const meanings: Record<ErrorCode, string> = {
  bad_json: 'The body or frame begins like JSON but does not parse.',
  invalid: 'A field is missing, of the wrong kind or too long; the message names it.',
  unknown_type: 'There is no frame or action of this type.',
  unknown_command: 'There is no such slash command; /help lists them.',
  unauthorized: 'A token or key is missing or wrong.',
  invalid_credentials: 'The e-mail address and the PIN do not belong together; an address that nobody has is answered alike.',
  forbidden: 'The page that asks is of an origin that the owner has not let in.',
  not_found: 'There is no such thing, or it is not yours: both are answered alike.',
  method_not_allowed: 'The address exists, but not for this method; see the Allow header.',
  conflict: 'It was decided before and can no longer be changed.',
  too_large: 'The body or frame is larger than is read.',
  misdirected: 'The host name in the request is not one that this desk answers to; see PUBLIC_URL.',
  mismatch: 'The client_msg_id was used before, for another text.',
  rate_limited: 'Too much in too short a time; try again after Retry-After seconds.',
  locked: 'There were too many wrong PINs; this one was not looked at. Try again after Retry-After seconds.',
  too_many_connections: 'Too many sockets, streams and waiting polls of this session or address are open.',
  slow_reader: 'The connection was closed because its reader did not keep up; come back and resume.',
  going_away: 'This process is about to stop; come back in a moment.',
  unavailable: 'Something that is needed is out of reach for now.',
  internal: 'Something went wrong on our side; the request_id finds it in the log.',
}

/** Faults that any endpoint can answer with. */
export const commonFaults: ErrorCode[] = ['forbidden', 'misdirected', 'internal']

/** The table of all errors, as it is published. */
export const errorRows: ErrorRow[] = errorCodes.map((code) => {
  const { status, close, retryable } = verdict(code)
  return { code, status, close: close ?? null, retryable, description: meanings[code] }
})
