import { expect, it } from 'vitest'
import type { ApprovalRequest, StoredMessage } from '#lib/protocol/events.ts'
import { emptyState } from '#lib/protocol/state.ts'
import { newMessages } from './new-messages.ts'

const message = (seq: number, more: Partial<StoredMessage>): StoredMessage => {
  const place = { seq, session_id: 's', timestamp: '2026-11-20T12:00:00Z' }
  return { type: 'message', message_id: `m${seq}`, role: 'assistant', content: 'So', status: 'complete', ...place, ...more }
}

const request = (seq: number): ApprovalRequest => {
  const card: ApprovalRequest['card'] = { kind: 'order', status: 'proposed', items: [], total: '1.00', currency: 'USD' }
  const proposal = { tool: 'create_order', summary: 'Order', card, digest: 'd', expires_at: '2026-11-20T12:05:00Z', content: 'Order' }
  return { type: 'approval_request', approval_id: 'a', ...proposal, seq, session_id: 's', timestamp: '2026-11-20T12:00:00Z' }
}

it('are the whole answers of others, and what is to be approved, since the page was opened', () => {
  const items = [
    message(1, {}),
    message(2, { role: 'visitor' }),
    message(3, { status: 'interrupted' }),
    message(4, { status: 'superseded' }),
    message(5, {}),
    message(6, { status: 'stopped' }),
    message(7, { role: 'operator' }),
    request(8),
  ]
  const seqs = (oldNews: number | undefined) => newMessages({ log: { ...emptyState, items }, oldNews }).map(({ seq }) => seq)
  expect(seqs(1)).toEqual([5, 6, 7, 8])
  expect(seqs(undefined)).toEqual([])
})
