import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Action, Receipt } from '#lib/protocol/actions.ts'
import { createDelivery, RATE_LIMITED_MS, RETRY_MS } from './delivery.ts'
import { sharedShelf } from './fixtures.ts'
import { createOutbox } from './outbox.ts'
import { offline, SendError } from './transport.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function begin(answer: (id: string, tries: number) => Promise<Receipt>) {
  const outbox = createOutbox(sharedShelf().tab(), 'outbox')
  const tries: string[] = []
  const log = { seq: 0 }
  const delivery = createDelivery({
    outbox,
    shown: () => log.seq,
    changed: () => undefined,
    send(action) {
      const { client_msg_id = '' } = action as Extract<Action, { type: 'message' }>
      tries.push(client_msg_id)
      return answer(client_msg_id, tries.length)
    },
  })
  const write = (...ids: string[]) => {
    for (const id of ids) outbox.add({ client_msg_id: id, text: id, at: 0 })
    return delivery.flush()
  }
  const waiting = () => outbox.items().map(({ client_msg_id }) => client_msg_id)
  return { outbox, delivery, tries, log, write, waiting }
}

test('sends in order, each message once, and keeps each until the log shows it', async () => {
  const { delivery, tries, log, write, waiting } = begin(async (id) => ({ seq: id === 'a' ? 1 : 3 }))
  await write('a', 'b')
  await delivery.flush()
  expect(tries).toEqual(['a', 'b'])
  expect(waiting()).toEqual(['a', 'b'])
  log.seq = 1
  delivery.settle()
  expect(waiting()).toEqual(['b'])
  delivery.arrived('b')
  expect(waiting()).toEqual([])
})

test('lets go at once of what the log showed before the receipt came', async () => {
  const { log, write, waiting } = begin(async () => ({ seq: 4 }))
  log.seq = 4
  await write('a')
  expect(waiting()).toEqual([])
})

test.each([
  ['there is no line', offline(), RETRY_MS],
  ['the desk is overtaxed', new SendError('unavailable', '', true), RETRY_MS],
  ['it came too fast', new SendError('rate_limited', '', true), RATE_LIMITED_MS],
  ['the answer is no receipt', new SyntaxError('<html>'), RETRY_MS],
])('tries again under the same id when %s', async (_, error, pause) => {
  const { tries, write } = begin(async (_id, number) => (number === 1 ? Promise.reject(error) : { seq: 1 }))
  await write('a')
  await vi.advanceTimersByTimeAsync(pause - 1)
  expect(tries).toEqual(['a'])
  await vi.advanceTimersByTimeAsync(1)
  expect(tries).toEqual(['a', 'a'])
})

test('waits with one timer, however often it is asked to send', async () => {
  const { delivery, write } = begin(() => Promise.reject(offline()))
  await write('a', 'b')
  for (let asked = 0; asked < 10; asked += 1) await delivery.flush()
  expect(vi.getTimerCount()).toBe(1)
  delivery.stop()
  expect(vi.getTimerCount()).toBe(0)
})

test('notes the reason of a refusal on the message that was refused, and goes on', async () => {
  const { outbox, delivery, tries, write } = begin(async (id) => {
    if (id === 'b') throw new SendError('invalid', 'too long', false)
    return { seq: 1 }
  })
  await write('a', 'b', 'c')
  expect(tries).toEqual(['a', 'b', 'c'])
  expect(outbox.items().map(({ failed }) => failed)).toEqual([undefined, 'too long', undefined])
  outbox.retry('b')
  await delivery.flush()
  expect(tries).toEqual(['a', 'b', 'c', 'b'])
})

test('sends again, under the same id, what a log that begins anew may not have', async () => {
  const { delivery, tries, write } = begin(async () => ({ seq: 9 }))
  await write('a')
  delivery.restart()
  await delivery.flush()
  expect(tries).toEqual(['a', 'a'])
})
