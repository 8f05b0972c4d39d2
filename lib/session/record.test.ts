import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Entry } from '#lib/protocol/events.ts'
import { emptyState, reduce } from '#lib/protocol/state.ts'
import { ref } from './fixtures.ts'
import { createMemoryStore } from './memory-store.ts'
import type { OpenTurn, SessionRecord } from './ports.ts'
import { closeTurn, newRecord, runningAnswer, write } from './record.ts'

const here = ref('here')
const message = (role: 'visitor' | 'assistant'): Entry => ({ type: 'message', role, status: 'complete', message_id: 'm', content: '' })
const reset: Entry = { type: 'session_reset', content: '' }
const handoff: Entry = { type: 'handoff', state: 'requested', reason: '', content: '' }
const closed: Entry = { type: 'session_closed', reason: 'idle' }
const reopened: Entry = { type: 'session_reopened' }
const survey: Entry = { type: 'feedback_request', content: '' }
const grade: Entry = { type: 'feedback', rating: 4 }
const comment: Entry = { type: 'feedback', rating: 4, comment: 'Quick.' }
const thumb: Entry = { type: 'feedback', rating: 'up', message_id: 'm' }
const turn = (id: string, lane: OpenTurn['lane']) => ({ id, lane }) as OpenTurn

/** A record after entries were written to its log. */
async function recordAfter(...entries: Entry[]): Promise<SessionRecord> {
  const store = createMemoryStore(() => 7)
  return store.transact(here, { make: true }, async (tx) => {
    await write(tx, ...entries)
    return tx.session
  })
}

describe('a record', () => {
  test.each<[string, Entry[], Partial<SessionRecord>]>([
    ['begins empty', [], { ...newRecord(here, 7) }],
    ['counts messages, whoever wrote them', [message('visitor'), message('assistant'), thumb], { messageCount: 2 }],
    ['counts anew after a reset', [message('visitor'), reset, message('visitor')], { messageCount: 1, resetSeq: 2 }],
    ['waits since it asked', [handoff], { status: 'waiting', waitingSince: 7 }],
    ['is closed', [handoff, closed], { status: 'closed' }],
    ['is open again', [closed, reopened], { status: 'active' }],
    ['waits for nobody after a reset', [handoff, reset], { status: 'active' }],
    ['asks for a grade', [closed, survey], { survey: 'due' }],
    ['asks no more once it is open again', [closed, survey, reopened], { survey: 'none' }],
    ['asks no more after a reset', [closed, survey, reset], { survey: 'none' }],
    ['is rated', [survey, grade], { survey: 'rated' }],
    ['is rated for good with a comment', [grade, comment, closed, reopened, reset], { survey: 'commented' }],
    ['is not rated by a thumb', [survey, thumb], { survey: 'due' }],
  ])('%s', async (_, entries, expected) => {
    expect(await recordAfter(...entries)).toMatchObject(expected)
  })

  test.each([[closed], [reset], [closed, reopened]])('does not remember how long it waited once it is over: %j', async (...over) => {
    expect(await recordAfter(handoff, ...over)).not.toHaveProperty('waitingSince')
  })

  test('says what every client makes of the same log', async () => {
    const entry = fc.constantFrom(message('visitor'), message('assistant'), reset, handoff, closed, reopened, survey, grade, comment, thumb)
    await fc.assert(
      fc.asyncProperty(fc.array(entry), async (entries) => {
        const { status, survey } = await recordAfter(...entries)
        const place = { session_id: '', timestamp: '' }
        const state = entries.map((each, index) => ({ ...each, ...place, seq: index + 1 })).reduce(reduce, emptyState)
        expect({ status, surveyDue: survey === 'due' }).toEqual({ status: state.status, surveyDue: state.surveyDue })
      }),
    )
  })

  test('has one running answer, beside commands', () => {
    const record = { ...newRecord(here, 0), turns: [turn('c1', 'command'), turn('a', 'answer'), turn('c2', 'command')] }
    expect(runningAnswer(record)?.id).toBe('a')
    closeTurn(record, turn('a', 'answer'))
    expect(record.turns.map(({ id }) => id)).toEqual(['c1', 'c2'])
    expect(runningAnswer(record)).toBeUndefined()
  })
})
