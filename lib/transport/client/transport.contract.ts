import { expect, test, vi } from 'vitest'
import type { Action } from '#lib/protocol/actions.ts'
import type { StoredEvent } from '#lib/protocol/events.ts'
import { visitorMessage } from './fixtures.ts'
import type { Position, Start, Transport, Verdict } from './transport.ts'

/** A desk at the other end of one transport. */
export interface FakeDesk {
  transport: Transport
  /** Waits for the transport to ask for the log, and gives the position that it asked from. */
  asked: () => Promise<{ epoch: string | undefined; after: number }>
  /** Begins the log. */
  start: (start: Start) => void
  tell: (event: StoredEvent) => void
  /** Tells the text so far of an answer that is being written. */
  writing: (messageId: string, text: string) => void
  /** Ends the line: as unknown, as not allowed, or for no reason. */
  end: (how: 'unknown' | 'not allowed' | 'lost') => Promise<void>
  /** What the next action is answered with, and the actions so far. */
  receipt: (answer: object | { refused: string; retryable: boolean }) => void
  actions: Action[]
}

const start = { epoch: 'e1', recovered: true, last_seq: 7 }

/** What every way to the desk does alike. */
export function transportContract(makeDesk: () => FakeDesk): void {
  function begin(position: Position = { epoch: 'e1', after: 5 }) {
    const desk = makeDesk()
    const heard: unknown[] = []
    const ends: Verdict[] = []
    const line = desk.transport.open({ base: 'http://desk.test', sessionId: 'a b', token: 'secret' }, () => position, {
      opened: ({ epoch, recovered, last_seq }) => heard.push({ epoch, recovered, last_seq }),
      event: (event) => heard.push(event),
      closed: (verdict) => ends.push(verdict),
    })
    return { desk, line, heard, ends }
  }

  test('asks from the position, says how the log begins, then tells it', async () => {
    const { desk, line, heard } = begin()
    expect(await desk.asked()).toEqual({ epoch: 'e1', after: 5 })
    expect(heard).toEqual([])
    desk.start(start)
    await vi.waitFor(() => expect(heard[0]).toEqual(start))
    const events = [visitorMessage(6, 'one\n\ntwo', 'c6'), visitorMessage(7, 'déjà vu 🙂', 'c7')]
    for (const event of events) desk.tell(event)
    await vi.waitFor(() => expect(heard.filter((entry) => 'seq' in (entry as object))).toEqual(events))
    line.close()
  })

  test('names no epoch that it does not know', async () => {
    const { desk, line } = begin({ epoch: undefined, after: 0 })
    expect(await desk.asked()).toEqual({ epoch: undefined, after: 0 })
    line.close()
  })

  test('tells the text so far of an answer that is being written', async () => {
    const { desk, line, heard } = begin()
    await desk.asked()
    desk.start(start)
    desk.writing('m8', 'So far')
    await vi.waitFor(() => expect(heard).toContainEqual({ type: 'delta', message_id: 'm8', offset: 0, text: 'So far' }))
    line.close()
  })

  test.each([
    ['unknown', 'refused'],
    ['not allowed', 'forbidden'],
    ['lost', 'retry'],
  ] as const)('gives the verdict when its session is %s', async (how, verdict) => {
    const { desk, ends } = begin()
    await desk.asked()
    await desk.end(how)
    await vi.waitFor(() => expect(ends).toEqual([verdict]))
  })

  test('says that a line that stood is lost', async () => {
    const { desk, heard, ends } = begin()
    await desk.asked()
    desk.start(start)
    await vi.waitFor(() => expect(heard).toHaveLength(1))
    await desk.end('lost')
    await vi.waitFor(() => expect(ends).toEqual(['retry']))
  })

  test('is silent once it is closed', async () => {
    const { desk, line, heard, ends } = begin()
    await desk.asked()
    desk.start(start)
    await vi.waitFor(() => expect(heard).toHaveLength(1))
    line.close()
    desk.tell(visitorMessage(6, 'late', 'c6'))
    await desk.end('lost')
    await vi.advanceTimersByTimeAsync(60_000)
    expect([heard.length, ends]).toEqual([1, []])
  })

  test('sends an action, its text as the desk reads it, and gives the receipt', async () => {
    const { desk, line } = await standing()
    desk.receipt({ client_msg_id: 'c1', message_id: 'm1', seq: 8 })
    const sent = line.send({ type: 'message', text: 'Hello', client_msg_id: 'c1' })
    await expect(sent).resolves.toMatchObject({ message_id: 'm1', seq: 8 })
    expect(desk.actions).toEqual([{ type: 'message', text: 'Hello', content: 'Hello', client_msg_id: 'c1' }])
    line.close()
  })

  test.each([true, false])('says why an action is refused, and that it may be tried again: %s', async (retryable) => {
    const { desk, line } = await standing()
    desk.receipt({ refused: 'The desk says no.', retryable })
    await expect(line.send({ type: 'stop' })).rejects.toMatchObject({
      name: 'SendError',
      code: 'why',
      message: 'The desk says no.',
      retryable,
    })
    line.close()
  })

  async function standing() {
    const begun = begin()
    await begun.desk.asked()
    begun.desk.start(start)
    await vi.waitFor(() => expect(begun.heard).toHaveLength(1))
    return begun
  }
}
