import { type ErrorCode, errorCodes, verdict } from '../errors.ts'
import type { WebSocketSection } from './document.ts'
import { meanings } from './faults.ts'
import { inbound } from './inbound.ts'
import { outbound } from './outbound.ts'
import type { createSchemas } from './schemas.ts'

const description = [
  'A socket sends and receives text frames. Plain text or JSON goes in; one JSON object per frame, told apart by `type`, comes out.',
  'The first frame out is `system`, with the `session_id` and, for a new session, its `session_token`.',
  'A client that only sends text is *bare*: it gets `message`, `command_response`, `system`, `error` and `pong`, each a whole. ' +
    'After `hello` it gets all events, the pieces of running answers too, and may come back later with its cursor `{epoch, after}` to get what it missed.',
  'What bears text carries it as `content` and as `message`. A frame that cannot be read is answered by `error`; the connection stays.',
  'A session that is not new needs its token away from the own machine: as the subprotocol `bearer, <token>`, in `hello`, or as the cookie. ' +
    'The server pings every 30 seconds; browsers answer by themselves.',
].join('\n\n')

const addresses = [
  { address: '/ws/chat', description: 'A new session.' },
  {
    address: '/ws/chat/auth?token=',
    description:
      "A new session of the visitor whom the site's JWT names. Better in `hello` or as the subprotocol: addresses are kept in many places.",
  },
  { address: '/ws/{session_id}', description: 'A session by its name: one that exists, or one of your own naming.' },
]

/** The part of the description that OpenAPI has no words for. */
export function webSocketSection({ publish }: Pick<ReturnType<typeof createSchemas>, 'publish'>): WebSocketSection {
  return {
    description,
    addresses,
    inbound: inbound.map(({ schema, ...frame }) => ({ ...frame, schema: publish(schema) })),
    outbound: outbound.map(({ schema, example, ...frame }) => ({ ...frame, schema: publish(schema), examples: [example] })),
    closeCodes: closeCodes(),
  }
}

function closeCodes(): WebSocketSection['closeCodes'] {
  const byCode = new Map<number, ErrorCode[]>()
  for (const code of errorCodes) {
    const { close } = verdict(code)
    if (close !== undefined) byCode.set(close, [...(byCode.get(close) ?? []), code])
  }
  return [...byCode]
    .sort(([a], [b]) => a - b)
    .map(([code, errors]) => {
      const retryable = errors.every((error) => verdict(error).retryable)
      return { code, errors, retryable, description: errors.map((error) => meanings[error]).join(' ') }
    })
}
