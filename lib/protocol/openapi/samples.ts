import type { StoredEvent, TransientEvent } from '../events.ts'
import type { Notice } from '../frames.ts'

/** One of each frame, as it looks on the wire. The test holds them against the schemas. */

const at = (seq: number) => ({ seq, session_id: 'user-123', timestamp: `2025-11-02T10:30:0${seq % 10}.000Z` })
const said = (text: string) => ({ content: text, message: text })
const asked = '5b1f8a0e-2d7c-4a55-9d3e-8c1b7f6a9e42'
const answered = '0f6f7b52-6e0b-4f0e-9a11-3f0a5d1c2b77'

const citation = {
  n: 1,
  source: 'shipping-times#1',
  title: 'Shipping times',
  excerpt: 'Standard shipping takes 3 to 5 business days.',
  updated: '2025-10-01',
}

const approval_id = '5f0c7a12-8a43-4a58-9c3e-1f2a6b7c8d90'
const order = {
  kind: 'order',
  status: 'proposed',
  items: [{ sku: 'MON-0054', quantity: 1, unit_price: '166.85' }],
  total: '166.85',
  currency: 'USD',
}

/** A visitor's message, as the log keeps it. */
const question = {
  type: 'message',
  message_id: asked,
  role: 'visitor',
  status: 'complete',
  ...said('How long does shipping take?'),
  ...at(1),
}

const events: Record<StoredEvent['type'] | TransientEvent['type'], object> = {
  message: {
    type: 'message',
    message_id: answered,
    role: 'assistant',
    status: 'complete',
    ...said('Standard shipping takes 3 to 5 business days. [1]'),
    in_reply_to: [asked],
    citations: [citation],
    confidence: 0.86,
    ...at(2),
  },
  replaced: { type: 'replaced', message_id: answered, ...at(14) },
  command_response: {
    type: 'command_response',
    command: 'clear',
    ...said('The conversation was cleared.'),
    result: { status: 'success', message: 'The conversation was cleared.' },
    in_reply_to: [asked],
    ...at(4),
  },
  system: { type: 'system', ...said('The desk is open again.'), ...at(3) },
  broadcast: { type: 'broadcast', ...said('We close at 6 pm today.'), ...at(5) },
  error: { type: 'error', code: 'internal', ...said('Something went wrong on our side. Please try again.'), retryable: true, ...at(13) },
  handoff: {
    type: 'handoff',
    state: 'requested',
    reason: 'asked for a person',
    ...said('Your wish for a person is noted, together with this conversation. The team can read both.'),
    ...at(6),
  },
  operator_joined: { type: 'operator_joined', operator: { name: 'Olivia' }, ...said('Olivia joined the conversation.'), ...at(18) },
  operator_left: {
    type: 'operator_left',
    operator: { name: 'Olivia' },
    ...said('Olivia left the conversation. The assistant answers again.'),
    ...at(19),
  },
  note: { type: 'note', by: 'Olivia', ...said('Asked twice before.'), ...at(20) },
  identity: { type: 'identity', state: 'signed_in', name: 'Alice Johnson', via: 'pin', ...said('Signed in as Alice Johnson.'), ...at(15) },
  approval_request: {
    type: 'approval_request',
    approval_id,
    tool: 'create_order',
    summary: 'Order 1 × MON-0054 for $166.85',
    card: order,
    digest: 'b3a1f0c2d4e5',
    expires_at: '2025-11-02T10:35:00.000Z',
    ...said('Order 1 × MON-0054 for $166.85'),
    ...at(16),
  },
  approval: { type: 'approval', approval_id, decision: 'approve', ...at(17) },
  read: { type: 'read', role: 'visitor', up_to: 6, ...at(7) },
  feedback: { type: 'feedback', rating: 'up', message_id: answered, ...at(8) },
  feedback_request: { type: 'feedback_request', ...said('How was this conversation? Your rating helps us improve.'), ...at(9) },
  session_closed: { type: 'session_closed', reason: 'visitor', ...at(10) },
  session_reopened: { type: 'session_reopened', ...at(11) },
  session_reset: { type: 'session_reset', ...said('Session reset'), ...at(12) },
  answer_record: {
    type: 'answer_record',
    message_id: answered,
    usage: {
      model: 'openai/gpt-4o-mini',
      requests: 1,
      input_tokens: 611,
      output_tokens: 58,
      cost_usd: 0.000126,
      first_token_ms: 412,
      ms: 1630,
    },
    retrieval: [{ source: 'shipping-times', score: 5.31 }],
    ...at(1),
  },
  delta: { type: 'delta', message_id: answered, offset: 0, text: 'Standard shipping takes ' },
  typing: { type: 'typing', role: 'operator', is_typing: true },
}

const notices: Record<Notice['type'], object> = {
  system: { type: 'system', ...said('Connected'), session_id: 'user-123', epoch: 'e1.0', last_seq: 0, mode: 'ai' },
  error: { type: 'error', ...said('There is no command /hlep. Try /help.'), code: 'unknown_command', retryable: false },
  resumed: { type: 'resumed', epoch: 'e1.0', last_seq: 2, recovered: true },
  ack: { type: 'ack', client_msg_id: 'm-1', message_id: asked, seq: 1 },
  pong: { type: 'pong', ...said('pong'), ts: 1_762_079_400_000 },
  credential: { type: 'credential', session_token: '_.1.Zm9yLXNob3cteW91ci1vd24tdG9rZW4tZ29lcy1oZXJl' },
}

export const samples = { events, notices, question }
