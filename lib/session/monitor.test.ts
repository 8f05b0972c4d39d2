import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { silent } from './fixtures.ts'
import { startMonitor } from './monitor.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A job whose runs the test ends. */
function job(name: string, everyMs: number) {
  const ends: Array<PromiseWithResolvers<void>> = []
  const run = vi.fn(() => {
    const end = Promise.withResolvers<void>()
    ends.push(end)
    return end.promise
  })
  return { name, everyMs, run, end: () => ends.shift()?.resolve(), fail: () => ends.shift()?.reject(new Error('no')) }
}

test('runs each job at its own pace', async () => {
  const [often, rare] = [job('often', 10), job('rare', 25)]
  startMonitor([often, rare], silent)
  for (let run = 0; run < 5; run += 1) {
    await vi.advanceTimersByTimeAsync(10)
    often.end()
  }
  expect([often.run.mock.calls.length, rare.run.mock.calls.length]).toEqual([5, 1])
})

test('never doubles a slow job, and holds up no other', async () => {
  const [slow, other] = [job('slow', 10), job('other', 10)]
  startMonitor([slow, other], silent)
  for (let run = 0; run < 5; run += 1) {
    await vi.advanceTimersByTimeAsync(10)
    other.end()
  }
  expect([slow.run.mock.calls.length, other.run.mock.calls.length]).toEqual([1, 5])
  slow.end()
  await vi.advanceTimersByTimeAsync(10)
  expect(slow.run).toHaveBeenCalledTimes(2)
})

test('outlives a job that fails, and says so', async () => {
  const failing = job('failing', 10)
  const error = vi.fn()
  startMonitor([failing], { ...silent, error })
  await vi.advanceTimersByTimeAsync(10)
  failing.fail()
  await vi.advanceTimersByTimeAsync(10)
  expect(failing.run).toHaveBeenCalledTimes(2)
  expect(error).toHaveBeenCalledExactlyOnceWith({ err: new Error('no'), job: 'failing' }, 'a periodic job failed')
})

test('stops at once, and waits for what is under way', async () => {
  const running = job('running', 10)
  const stop = startMonitor([running], silent)
  await vi.advanceTimersByTimeAsync(10)
  const stopped = vi.fn()
  const stopping = stop().then(stopped)
  await vi.advanceTimersByTimeAsync(50)
  expect(stopped).not.toHaveBeenCalled()
  running.end()
  await stopping
  await vi.advanceTimersByTimeAsync(50)
  expect(running.run).toHaveBeenCalledTimes(1)
})
