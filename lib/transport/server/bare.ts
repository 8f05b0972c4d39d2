import type { LiveEvent } from '#lib/protocol/events.ts'
import { encodeEvent, encodeFrame } from '#lib/protocol/frames.ts'
import { confirmLine } from './approvals.ts'

/**
 * What a client that never said hello receives, as a frame: answers, responses to commands, notes of the system
 * and errors, the four kinds its service had. Undefined for what it would not understand.
 */
export function asBare(event: LiveEvent): string | undefined {
  switch (event.type) {
    case 'message': {
      const final = event.status === 'complete' || (event.status === 'stopped' && event.content !== '')
      return event.role !== 'visitor' && final ? encodeEvent(event) : undefined
    }
    case 'command_response':
    case 'system':
    case 'error':
      return encodeEvent(event)
    case 'approval_request': {
      const { seq, session_id, timestamp, content } = event
      const line = 'code' in event ? confirmLine(String(event.code)) : ''
      return encodeFrame({ type: 'system', seq, session_id, timestamp, content: content + line })
    }
    case 'broadcast':
    case 'identity':
    case 'handoff':
    case 'operator_joined':
    case 'operator_left':
    case 'feedback_request': {
      const { seq, session_id, timestamp, content } = event
      return encodeFrame({ type: 'system', seq, session_id, timestamp, content })
    }
    default:
      return undefined
  }
}
