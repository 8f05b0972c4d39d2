import { describe, expect, it } from 'vitest'
import { type Row, table, verdict } from './verdict.ts'

const row = (mode: string, ...complete: number[]): Row => ({
  mode,
  samples: complete.map((ms) => ({ ack: 1.23, firstText: ms / 2, complete: ms })),
})

describe('the table', () => {
  it('shows the middle and the slow end of each mode', () => {
    const lines = table([row('WebSocket', 100, 200, 300), { mode: 'SSE', samples: [], failure: 'refused' }]).split('\n')
    expect(lines[2]?.split(/\s+/)).toEqual(['WebSocket', '1.2', '1.2', '100', '150', '200', '300', '3', 'messages'])
    expect(lines[3]).toMatch(/^SSE +not possible: refused$/)
  })
})

describe('the verdict', () => {
  it('praises the preferred mode only when nothing is faster', () => {
    expect(verdict([row('WebSocket', 400), row('SSE', 410), row('polling', 2000)])).toBe(
      'WebSocket has the first words after 200 ms and the whole answer after 400 ms; for the whole answer SSE takes the same time, polling takes 1.6 s longer: it is the way to use, as the chat does by itself.',
    )
    expect(verdict([row('WebSocket', 400), row('SSE', 300)])).toMatch(/SSE is 100 ms faster: SSE is the better way here\.$/)
  })

  it('takes no notice of a difference that the pairs do not agree on', () => {
    const pairs = (...complete: number[]) => ({ ...row('SSE', ...complete), paired: true })
    expect(verdict([row('WebSocket', 400, 900, 100, 500), pairs(300, 1000, 50, 600)])).toMatch(/SSE takes the same time: it is the way/)
    expect(verdict([row('WebSocket', 400, 900, 100, 500), pairs(300, 800, 50, 400)])).toMatch(/SSE is 100 ms faster: SSE is the better way/)
  })

  it('says what is left when sockets do not work', () => {
    const broken: Row = { mode: 'WebSocket', samples: [], failure: 'lost' }
    expect(verdict([broken, row('polling', 2000), row('SSE', 300)])).toMatch(
      /^WebSocket is not possible here, so the chat falls back: SSE has the whole answer after 300 ms; .*check:ws/,
    )
    expect(verdict([broken])).toMatch(/^Nothing could be measured/)
  })
})
