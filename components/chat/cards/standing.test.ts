import { describe, expect, it, test } from 'vitest'
import type { Card, OrderCard } from '#lib/protocol/cards.ts'
import type { ApprovalRequest, Entry, StoredEvent } from '#lib/protocol/events.ts'
import { emptyState, reduce } from '#lib/protocol/state.ts'
import { awaitsApproval, lastTold, latestOrders, latestSignIn, standingOf } from './standing.ts'

const NOON = Date.UTC(2026, 10, 20, 12)
const iso = (minutes: number) => new Date(NOON + minutes * 60_000).toISOString()

/** Each entry a minute after the one before it. */
const log = (...entries: Entry[]) =>
  entries.map((entry, index): StoredEvent => ({ ...entry, seq: index + 1, session_id: 's', timestamp: iso(index) }))
const fold = (...entries: Entry[]) => log(...entries).reduce(reduce, emptyState)

const card = { kind: 'order' as const, status: 'proposed' as const, items: [], total: '1.00', currency: 'USD' }
const proposal = { tool: 'create_order', summary: 'Order', card, digest: 'd', content: '' }
const requested: Entry = { type: 'approval_request', approval_id: 'a', expires_at: iso(5), ...proposal }
const decided = (decision: 'approve' | 'reject' | 'expired'): Entry => ({ type: 'approval', approval_id: 'a', decision })
const signedOut: Entry = { type: 'identity', state: 'signed_out', content: '' }
const asked = (message_id: string, content = 'And?'): Entry => ({
  type: 'message',
  role: 'visitor',
  message_id,
  content,
  status: 'complete',
})
const answered = (message_id: string, in_reply_to: string[], cards: Card[] = []): Entry => {
  return { type: 'message', role: 'assistant', message_id, content: 'So.', status: 'complete', in_reply_to, cards }
}

describe('an approval', () => {
  test.each<[string, Entry[], string]>([
    ['is open', [], 'open'],
    ['is carried out', [decided('approve')], 'approved'],
    ['is still carried out when something else is answered', [asked('q'), decided('approve'), answered('m', ['q'])], 'approved'],
    ['is done when an answer to no question is there', [decided('approve'), answered('m', [])], 'done'],
    ['is done when the answer to its code is there', [asked('q', 'confirm ••••••'), decided('approve'), answered('m', ['q'])], 'done'],
    ['is rejected', [decided('reject')], 'rejected'],
    ['has run out', [decided('expired')], 'expired'],
    ['is void when somebody signs out', [decided('expired'), signedOut], 'void'],
    ['had run out before somebody signs out', [decided('expired'), ...Array(4).fill(asked('q')), signedOut], 'expired'],
  ])('%s', (_, entries, standing) => {
    const state = fold(requested, ...entries)
    const request = state.items.find((item): item is ApprovalRequest => item.type === 'approval_request')
    expect(request && standingOf(state, request)).toBe(standing)
  })

  it('is awaited until it is decided, or its time is over', () => {
    expect(awaitsApproval(fold(requested), NOON)).toBe(true)
    expect(awaitsApproval(fold(requested), NOON + 5 * 60_000)).toBe(false)
    expect(awaitsApproval(fold(requested, decided('reject')), NOON)).toBe(false)
  })
})

it('an order is shown last by the answer that shows it last', () => {
  const order = (order_id: string, status: OrderCard['status'] = 'submitted'): Card => ({ ...card, status, order_id })
  const items = log(
    answered('m1', [], [order('o1'), order('o2'), card]),
    answered('m2', [], [order('o1', 'cancelled')]),
    answered('m3', []),
  )
  expect([...latestOrders(items)]).toEqual([
    ['o1', { shownBy: 'm2', status: 'cancelled' }],
    ['o2', { shownBy: 'm1', status: 'submitted' }],
  ])
})

it('the form to fill in is the one that was asked for last', () => {
  const first = answered('m1', ['q'], [{ kind: 'sign_in' }])
  const second = answered('m2', ['q'], [{ kind: 'sign_in', email: 'alice@example.com' }])
  expect(latestSignIn(log(first, second, answered('m3', ['q'])))).toBe('m2')
})

it('an answer to no question tells what came of something', () => {
  expect(lastTold(log(answered('m1', []), asked('q'), answered('m2', ['q'])))).toBe(1)
  expect(lastTold(log(asked('q')))).toBe(0)
})
