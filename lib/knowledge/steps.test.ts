import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { atOnce, byAndBy, mapInSteps } from './steps.ts'

/** Work of 60 ms or more, in steps of one. */
const work = () =>
  mapInSteps(Array.from({ length: 60 }).keys(), (number) => {
    const until = performance.now() + 1
    while (performance.now() < until);
    return number * number
  })

test('work comes to the same, at once or by and by', async () => {
  expect(await byAndBy(work(), new AbortController().signal)).toEqual(atOnce(work()))
})

test('others have their turns while it is done by and by', async () => {
  let turns = 0
  let done = false
  const others = (async () => {
    for (; !done; turns += 1) await setImmediate()
  })()
  await byAndBy(work(), new AbortController().signal)
  done = true
  await others
  expect(turns).toBeGreaterThan(3)
})

test('it ends where it is when it is not wanted any more', async () => {
  const stop = new AbortController()
  const doing = byAndBy(work(), stop.signal)
  stop.abort(new Error('enough'))
  await expect(doing).rejects.toThrow('enough')
})
