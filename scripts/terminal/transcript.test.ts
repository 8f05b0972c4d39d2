import { describe, expect, it } from 'vitest'
import type { Entry, LiveEvent } from '#lib/protocol/events.ts'
import { emptyState, reduce, restart } from '#lib/protocol/state.ts'
import { createStyle } from './style.ts'
import { createTranscript } from './transcript.ts'

/** A session whose events are written as they happen. */
function paper(shows = true) {
  let text = ''
  let log = restart('one')
  let seq = 0
  const write = (more: string) => {
    text += more
  }
  const transcript = createTranscript({ write, style: createStyle(false), base: 'http://desk.test', shows: () => shows })
  const tell = (event: LiveEvent) => {
    log = reduce(log, event)
    transcript.show(log)
  }
  return {
    text: () => text,
    happens: (entry: Entry) => tell({ ...entry, seq: ++seq, session_id: 's', timestamp: '2026-01-01T00:00:00Z' }),
    delta: (message_id: string, offset: number, piece: string) => tell({ type: 'delta', message_id, offset, text: piece }),
    begin(epoch: string) {
      log = { ...emptyState, epoch }
      seq = 0
      transcript.show(log)
    },
  }
}

const question: Entry = { type: 'message', message_id: 'q', role: 'visitor', content: 'How much?', status: 'complete' }
const answer = { type: 'message', message_id: 'a', role: 'assistant', content: 'It is free. [1]', status: 'complete' } as const

describe('a transcript', () => {
  it('writes an answer once, however it comes', () => {
    const { text, happens, delta } = paper()
    happens(question)
    delta('a', 0, 'It is')
    delta('a', 0, 'It is')
    delta('a', 5, ' free.')
    happens(answer)
    expect(text()).toBe('> How much?\nIt is free. [1]\n')
  })

  it('shows where the answer comes from, how sure it is, and the replies it does not name itself', () => {
    const { text, happens } = paper()
    const citations = [{ n: 1, title: 'Prices', source: 'prices#all', excerpt: 'Free.', url: '/knowledge/prices#all' }]
    happens({ ...answer, citations, confidence: 0.876, options: ['It is free', 'A person please'] })
    expect(text()).toBe('It is free. [1]\n  [1] Prices  http://desk.test/knowledge/prices#all\n  - A person please\n  confidence 0.88\n')
  })

  it('marks what broke off and writes the next attempt on a line of its own', () => {
    const { text, happens, delta } = paper()
    delta('a', 0, 'It is fr')
    happens({ ...answer, content: 'It is fr', status: 'interrupted' })
    delta('b', 0, 'It is')
    happens({ ...answer, message_id: 'b', content: 'It is free.', status: 'stopped' })
    expect(text()).toBe('It is fr\n(interrupted)\nIt is free.\n(stopped)\n')
  })

  it('leaves out what was typed here', () => {
    const { text, happens } = paper(false)
    happens(question)
    expect(text()).toBe('')
  })

  it('begins anew when the log does', () => {
    const { text, happens, begin } = paper()
    happens(question)
    begin('two')
    happens(question)
    expect(text()).toBe('> How much?\nThe session begins anew.\n> How much?\n')
  })

  it('lets nobody steer the terminal', () => {
    const { text, happens } = paper()
    happens({ ...question, content: 'red \u001b[31m bell \u0007 line\nend \u009b31m' })
    expect(text()).toBe('> red [31m bell  line\nend 31m\n')
  })
})
