import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { StoredEvent, StoredMessage } from '#lib/protocol/events.ts'
import { ChatContext } from './chat-context.ts'
import { idleChat } from './fixtures.ts'
import type { Row } from './log-rows.ts'
import { Rows } from './rows.tsx'
import { texts } from './texts.ts'

const place = { seq: 1, session_id: 's', timestamp: '2026-11-20T12:00:00Z' }

function shown(rows: Row[], online = true): string {
  return renderToStaticMarkup(
    <ChatContext value={idleChat}>
      <Rows rows={rows} thumbs={{}} offering={undefined} editable={undefined} repeatable={undefined} online={online} />
    </ChatContext>,
  )
}

describe('while no line stands', () => {
  const rows: Row[] = [
    { kind: 'answer', key: 'a', answer: { message_id: 'a', text: 'So' } },
    { kind: 'unsent', key: 'c', item: { client_msg_id: 'c', text: 'And?', at: 0 } },
    { kind: 'thinking', key: 'thinking' },
  ]

  it('nothing looks as if it went on', () => {
    const offline = shown(rows, false)
    expect(offline.split(texts.answerWaits)).toHaveLength(3)
    expect(offline).toContain(texts.waitingToBeSent)
    for (const words of [texts.thinking, texts.sending, 'animate']) expect(offline).not.toContain(words)
  })

  it('and with one it does', () => {
    const online = shown(rows)
    expect(online.split(texts.thinking)).toHaveLength(3)
    expect(online).toContain(texts.sending)
    for (const words of [texts.answerWaits, texts.waitingToBeSent]) expect(online).not.toContain(words)
  })
})

describe('an attempt at an answer', () => {
  const message: StoredMessage = {
    type: 'message',
    message_id: 'half',
    role: 'assistant',
    content: 'So it [1]',
    status: 'interrupted',
    citations: [{ n: 1, source: 's', title: 'Title', excerpt: 'Excerpt' }],
    ...place,
  }

  it('says what happened, and its text can be read, folded or not', () => {
    for (const status of ['interrupted', 'superseded'] as const) {
      for (const folded of [false, true]) {
        const html = shown([{ kind: 'attempt', key: 'half', message, status, folded }])
        expect(html).toMatch(folded ? /<details class/ : /<details open=""/)
        expect(html).toContain(texts.attempt[status])
        expect(html).toMatch(/<p>So it<span class="cited">\u00a0<button[^>]+popoverTarget="source-half-1"/i)
      }
    }
  })
})

it('a closed session says how to go on as long as it is closed', () => {
  const closed = (): Row => {
    const event: StoredEvent = { type: 'session_closed', reason: 'visitor', ...place }
    return { kind: 'note', key: 'note-1', event }
  }
  expect(shown([closed()])).toContain(`${texts.sessionClosed.visitor} ${texts.reopen}`)
  const html = shown([closed(), { kind: 'thinking', key: 'thinking' }])
  expect(html).toContain(texts.sessionClosed.visitor)
  expect(html).not.toContain(texts.reopen)
})
