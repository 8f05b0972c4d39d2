import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Entry, LiveEvent, StoredEvent } from './events.ts'
import { emptyState, reduce, restart, type SessionState } from './state.ts'

type Message = Extract<Entry, { type: 'message' }>

const at = (seq: number, entry: Entry): StoredEvent => ({ ...entry, seq, session_id: 's', timestamp: '2026-01-01T00:00:00.000Z' })
const log = (...entries: Entry[]) => entries.map((entry, index) => at(index + 1, entry))
const fold = (events: LiveEvent[], state: SessionState = emptyState) => events.reduce(reduce, state)
const asked = (message_id: string): Entry => ({
  type: 'message',
  role: 'visitor',
  status: 'complete',
  message_id,
  content: `${message_id}?`,
})
const answered = (message_id: string, status: Message['status'], ...in_reply_to: string[]): Entry => {
  return { type: 'message', role: 'assistant', status, message_id, content: message_id, in_reply_to }
}
const delta = (message_id: string, offset: number, text: string): LiveEvent => ({ type: 'delta', message_id, offset, text })
const ran = (...in_reply_to: string[]): Entry => {
  return { type: 'command_response', command: 'x', content: '', result: { status: 'success', message: '' }, in_reply_to }
}
const closed: Entry = { type: 'session_closed', reason: 'visitor' }
const reopened: Entry = { type: 'session_reopened' }
const handoff: Entry = { type: 'handoff', state: 'requested', reason: 'a wish', content: 'Noted.' }
const survey: Entry = { type: 'feedback_request', content: 'How was it?' }
const reset: Entry = { type: 'session_reset', content: 'Cleared' }
const said: Entry = { type: 'system', content: 'We close soon.' }
const signedIn = (name: string, via?: 'site'): Entry => {
  return { type: 'identity', state: 'signed_in', name, content: `Signed in as ${name}.`, ...(via ? { via } : {}) }
}
const signedOut: Entry = { type: 'identity', state: 'signed_out', content: 'Signed out.' }
const requested = (approval_id: string): Entry => {
  const card = { kind: 'order' as const, status: 'proposed' as const, items: [], total: '1.00', currency: 'USD' }
  return { type: 'approval_request', approval_id, tool: 'create_order', summary: '', card, digest: 'd', expires_at: '', content: '' }
}
const decided = (approval_id: string, decision: 'approve' | 'reject' | 'expired'): Entry => ({ type: 'approval', approval_id, decision })

describe('the log', () => {
  test('is kept in its order, and its end is the cursor', () => {
    const state = fold(log(asked('q'), answered('a', 'complete', 'q'), said))
    expect(state.items.map(({ seq }) => seq)).toEqual([1, 2, 3])
    expect(state.seq).toBe(3)
  })

  test('is folded in once, however often it comes', () => {
    const events = log(asked('q'), handoff, answered('a', 'complete', 'q'))
    const state = fold(events)
    expect(fold(events, state)).toBe(state)
  })

  test('begins again after a reset, and in another epoch', () => {
    const before = log(asked('q'), handoff, survey)
    const state = fold([...before, delta('a', 0, 'Half'), at(4, reset)], restart('e.0'))
    expect(state).toEqual({ ...emptyState, epoch: 'e.0', seq: 4, items: [at(4, reset)] })
    expect(restart('e.1')).toEqual({ ...emptyState, epoch: 'e.1' })
  })

  test('lets an event of a newer server pass, which does not compile here', () => {
    const place = { seq: 1, session_id: 's', timestamp: '' }
    // @ts-expect-error: no such event in this version of the language
    expect(reduce(emptyState, { type: 'teleported', ...place })).toEqual({ ...emptyState, seq: 1 })
  })
})

describe('a question is open', () => {
  test.each<[string, Entry[], string[]]>([
    ['until it is answered', [answered('a', 'complete', 'q')], []],
    ['until its answer is stopped', [answered('a', 'stopped', 'q')], []],
    ['after a superseded answer', [answered('a', 'superseded', 'q')], ['q']],
    ['after an interrupted answer', [answered('a', 'interrupted', 'q')], ['q']],
    ['after an answer to another', [answered('a', 'complete', 'other')], ['q']],
    ['until its command has run', [ran('q')], []],
  ])('%s', (_, entries, open) => {
    expect(fold(log(asked('q'), ...entries)).open).toEqual(open)
  })
})

describe('the running answer', () => {
  test.each<[string, LiveEvent[], Partial<SessionState>]>([
    ['grows', [delta('a', 0, 'Hel'), delta('a', 3, 'lo')], { running: { message_id: 'a', text: 'Hello' }, gap: false }],
    ['takes an overlap once', [delta('a', 0, 'Hello'), delta('a', 3, 'lo you')], { running: { message_id: 'a', text: 'Hello you' } }],
    ['ignores what it has', [delta('a', 0, 'Hello'), delta('a', 0, 'Hel')], { running: { message_id: 'a', text: 'Hello' } }],
    ['counts in UTF-16', [delta('a', 0, 'a👋'), delta('a', 3, '🏽!')], { running: { message_id: 'a', text: 'a👋🏽!' } }],
    ['mends a split pair', [delta('a', 0, '\ud83d'), delta('a', 1, '\udc4b')], { running: { message_id: 'a', text: '👋' } }],
    ['notices a gap', [delta('a', 0, 'Hel'), delta('a', 4, 'o')], { running: { message_id: 'a', text: 'Hel' }, gap: true }],
    ['that begins with a gap is not shown', [delta('a', 4, 'o')], { running: undefined, gap: true }],
    ['closes a gap', [delta('a', 4, 'o'), delta('a', 0, 'Hello')], { running: { message_id: 'a', text: 'Hello' }, gap: false }],
    ['makes room for the next', [delta('a', 0, 'Old'), delta('b', 0, 'New')], { running: { message_id: 'b', text: 'New' } }],
    ['ends with its message', [delta('a', 0, 'Hel'), at(1, answered('a', 'complete'))], { running: undefined }],
    ['stays ended', [at(1, answered('a', 'superseded')), delta('a', 0, 'Hel')], { running: undefined, gap: false }],
    [
      'outlives the end of another',
      [delta('b', 0, 'New'), at(1, answered('a', 'superseded'))],
      { running: { message_id: 'b', text: 'New' } },
    ],
    ['ends with the session', [delta('a', 0, 'Hel'), at(1, closed)], { running: undefined }],
  ])('%s', (_, events, expected) => {
    expect(fold(events)).toMatchObject(expected)
  })
})

describe('the session', () => {
  test.each<[string, Entry[], Partial<SessionState>]>([
    ['waits for a person', [handoff], { status: 'waiting' }],
    ['is closed, and asks how it was', [closed, survey], { status: 'closed', surveyDue: true }],
    ['opens again, and asks no more', [closed, survey, reopened], { status: 'active', surveyDue: false }],
    ['is rated', [survey, { type: 'feedback', rating: 4 }], { grade: 4, surveyDue: false }],
    ['keeps the last thumb of each answer', thumbs('up', 'down'), { thumbs: { a: 'down', b: 'up' }, grade: undefined }],
    ['reads silently', [{ type: 'read', role: 'visitor', up_to: 1 }], { items: [] }],
  ])('%s', (_, entries, expected) => {
    expect(fold(log(...entries))).toMatchObject(expected)
  })

  test.each<[string, Entry[], SessionState['customer']]>([
    ['is nobody’s at first', [asked('q')], undefined],
    ['is the customer’s who signed in last', [signedIn('Alice'), signedIn('Ben')], { name: 'Ben', via: 'pin' }],
    ['says who vouches for them', [signedIn('Alice', 'site')], { name: 'Alice', via: 'site' }],
    ['is nobody’s after signing out', [signedIn('Alice'), signedOut], undefined],
    ['stays the customer’s over a reset', [signedIn('Alice'), reset], { name: 'Alice', via: 'pin' }],
  ])('%s', (_, entries, customer) => {
    expect(fold(log(...entries)).customer).toEqual(customer)
  })

  test('types until it stops or has spoken', () => {
    const typing = (is_typing: boolean): LiveEvent => ({ type: 'typing', role: 'assistant', is_typing })
    expect(fold([typing(true)]).typing).toEqual({ role: 'assistant' })
    expect(fold([typing(true), typing(false)]).typing).toBeUndefined()
    expect(fold([typing(true), at(1, answered('a', 'complete'))]).typing).toBeUndefined()
  })
})

describe('what a visitor is asked to approve', () => {
  const asking = (state: SessionState) => state.items.flatMap((item) => (item.type === 'approval_request' ? item.seq : []))

  test('is open until it is decided', () => {
    const events = log(requested('a'), requested('b'), decided('a', 'approve'), requested('c'), decided('c', 'reject'))
    expect(fold(events).approvals).toEqual({ a: 'approve', c: 'reject' })
  })

  test('is void once the customer signs out', () => {
    const state = fold(log(signedIn('Alice'), requested('a'), decided('a', 'expired'), signedOut))
    expect(state).toMatchObject({ approvals: { a: 'expired' }, customer: undefined })
  })

  test('stands at the end when it is asked for once more, and only there', () => {
    expect(asking(fold(log(requested('a'), requested('b'), said, requested('a'))))).toEqual([2, 4])
  })

  test('is gone after a reset', () => {
    expect(fold(log(requested('a'), decided('a', 'approve'), reset)).approvals).toEqual({})
  })
})

function thumbs(first: 'up' | 'down', last: 'up' | 'down'): Entry[] {
  const thumb = (message_id: string, rating: 'up' | 'down'): Entry => ({ type: 'feedback', rating, message_id })
  return [thumb('a', first), thumb('b', first), thumb('a', last)]
}

describe('any log', () => {
  const proofs = [signedIn('Alice'), signedOut, requested('a'), requested('b'), decided('a', 'approve'), decided('b', 'expired')]
  const pieces = fc.array(fc.constantFrom('a', 'word ', '👋', 'é', '\n', '🏽'), { maxLength: 6 })
  const step = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({ pieces, status: fc.constantFrom<Message['status']>('complete', 'stopped', 'superseded', 'interrupted') }),
    },
    { weight: 1, arbitrary: fc.constantFrom(handoff, closed, reopened, survey, reset, said, ...proofs) },
  )

  /** A log with its deltas as a writer sends them; the last answer is still running. */
  function written(steps: Array<{ pieces: string[]; status: Message['status'] } | Entry>): LiveEvent[] {
    const events: LiveEvent[] = []
    let seq = 0
    for (const [index, each] of steps.entries()) {
      if ('type' in each) {
        events.push(at(++seq, each))
        continue
      }
      events.push(at(++seq, asked(`q${index}`)))
      let offset = 0
      for (const piece of each.pieces) {
        events.push(delta(`a${index}`, offset, piece))
        offset += piece.length
      }
      if (index < steps.length - 1) events.push(at(++seq, answered(`a${index}`, each.status, `q${index}`)))
    }
    return events
  }

  /** The same log as a bad line brings it: cut anew, and with what came before again in between. */
  function noisy(events: LiveEvent[], dice: (below: number) => number): LiveEvent[] {
    let recent: LiveEvent[] = []
    return events.flatMap((event) => {
      if (event.type === 'session_reset') recent = []
      const again = recent.slice(recent.length - dice(3))
      recent.push(event)
      return [...again, ...(event.type === 'delta' ? cut(event, dice(event.text.length + 1)) : [event])]
    })
  }

  const cut = (event: Extract<LiveEvent, { type: 'delta' }>, place: number): LiveEvent[] => [
    { ...event, text: event.text.slice(0, place) },
    { ...event, text: event.text.slice(place), offset: event.offset + place },
  ]

  test('gives the same state, however it is cut and repeated', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), fc.infiniteStream(fc.nat(100)), (steps, numbers) => {
        const events = written(steps)
        const dice = (below: number) => numbers.next().value % below
        expect(fold(noisy(events, dice))).toEqual(fold(events))
      }),
    )
  })

  test('leaves what it was folded into as it was', () => {
    const events = log(asked('q'), answered('a', 'complete', 'q'), closed, reset)
    const frozen = Object.freeze({ ...emptyState, items: Object.freeze([]), open: Object.freeze([]), thumbs: Object.freeze({}) })
    expect(fold(events, frozen)).toEqual(fold(events))
  })
})
