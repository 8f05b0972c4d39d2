import { beforeEach, describe, expect, test } from 'vitest'
import type { Bus, Signal } from './ports.ts'

const citation = { n: 1, source: 'shipping#1', title: 'Shipping', excerpt: 'Three days.' }
const piece = (text: string, citations: (typeof citation)[] = []) => ({ text, citations })
const typing = (is_typing: boolean): Signal => ({ type: 'live', event: { type: 'typing', role: 'visitor', is_typing } })

/** What every bus promises. `open` makes one that nobody listens to; `settle` waits until what was published has arrived. */
export function busContract(name: string, open: () => Bus, settle: () => Promise<void>): void {
  describe(`${name}, as a bus,`, () => {
    let bus: Bus
    beforeEach(() => {
      bus = open()
    })

    function listen(key: string) {
      const heard: Signal[] = []
      return { heard, undo: bus.subscribe(key, (signal) => heard.push(signal)) }
    }

    describe('signals', () => {
      test('reach everybody who listens to the session, in order, and nobody else', async () => {
        const [one, two, other] = [listen('a'), listen('a'), listen('b')]
        bus.publish('a', typing(true))
        bus.publish('a', typing(false))
        await settle()
        expect(one.heard).toEqual([typing(true), typing(false)])
        expect(two.heard).toEqual(one.heard)
        expect(other.heard).toEqual([])
      })

      test('stop with the undo, for that listener alone, and undoing twice does no harm', async () => {
        const [gone, stays] = [listen('a'), listen('a')]
        gone.undo()
        gone.undo()
        bus.publish('a', typing(true))
        await settle()
        expect(gone.heard).toEqual([])
        expect(stays.heard).toHaveLength(1)
      })

      test('reach who listens again after everybody had left, whatever is undone late', async () => {
        const first = listen('a')
        first.undo()
        const second = listen('a')
        first.undo()
        bus.publish('a', typing(true))
        await settle()
        expect(second.heard).toHaveLength(1)
      })

      test('are lost on nobody when a listener leaves while it hears', async () => {
        const undo = bus.subscribe('a', () => undo())
        const other = listen('a')
        bus.publish('a', typing(true))
        await settle()
        expect(other.heard).toHaveLength(1)
      })
    })

    describe('a running answer', () => {
      test('grows at its end alone, and every piece is heard with its offset', async () => {
        const { heard } = listen('a')
        expect(await bus.append('a', 'm', 0, piece('Three '))).toBe(true)
        expect(await bus.append('a', 'm', 6, piece('👋', [citation]))).toBe(true)
        expect(await bus.append('a', 'm', 7, piece('not the end'))).toBe(false)
        expect(await bus.append('a', 'm', 0, piece('not again'))).toBe(false)
        expect(await bus.append('a', 'm', 8, piece('days'))).toBe(true)
        expect(await bus.running('a')).toEqual([{ messageId: 'm', ...piece('Three 👋days', [citation]) }])
        await settle()
        const deltas = heard.map(
          (signal) => signal.type === 'live' && signal.event.type === 'delta' && [signal.event.offset, signal.event.text],
        )
        expect(deltas).toEqual([
          [0, 'Three '],
          [6, '👋'],
          [8, 'days'],
        ])
      })

      test('is what it was, whatever is done with what was given away', async () => {
        const given = piece('Text', [{ ...citation }])
        await bus.append('a', 'm', 0, given)
        given.citations.push(citation)
        const [running] = await bus.running('a')
        running?.citations.push(citation)
        expect(await bus.running('a')).toEqual([{ messageId: 'm', ...piece('Text', [citation]) }])
      })

      test('that is sealed says no more, and is not running', async () => {
        const { heard } = listen('a')
        await bus.append('a', 'm', 0, piece('Half', [citation]))
        expect(await bus.seal('a', 'm')).toEqual(piece('Half', [citation]))
        expect(await bus.append('a', 'm', 4, piece(' more'))).toBe(false)
        expect(await bus.seal('a', 'm')).toEqual(piece('Half', [citation]))
        expect(await bus.running('a')).toEqual([])
        await settle()
        expect(heard).toHaveLength(1)
      })

      test('that is sealed before its first text never begins', async () => {
        expect(await bus.seal('a', 'm')).toBeUndefined()
        expect(await bus.append('a', 'm', 0, piece('Too late'))).toBe(false)
        expect(await bus.running('a')).toEqual([])
      })

      test('that is forgotten leaves nothing', async () => {
        await bus.append('a', 'm', 0, piece('Half'))
        bus.forget('a', 'm')
        bus.forget('a', 'm')
        expect(await bus.running('a')).toEqual([])
        expect(await bus.seal('a', 'm')).toBeUndefined()
      })

      test('is its own, beside others of the session and of other sessions', async () => {
        await bus.append('a', 'm1', 0, piece('one'))
        await bus.append('a', 'm2', 0, piece('two'))
        await bus.append('b', 'm1', 0, piece('three'))
        await bus.seal('a', 'm1')
        expect(await bus.running('a')).toEqual([{ messageId: 'm2', ...piece('two') }])
        expect(await bus.running('b')).toEqual([{ messageId: 'm1', ...piece('three') }])
      })
    })
  })
}
