import { setImmediate } from 'node:timers/promises'

/** Long work, written once: at every `yield` it may be interrupted. It is done at once, or by and by beside other work. */
export type Steps<T> = Generator<undefined, T>

/** How long the process does nothing else, in milliseconds. One step may take longer: the steps are to be short. */
const SLICE_MS = 8

export function atOnce<T>(steps: Steps<T>): T {
  let step = steps.next()
  while (!step.done) step = steps.next()
  return step.value
}

/** Does the work in slices, between which everything else gets its turn. Throws the signal's reason once it aborts. */
export async function byAndBy<T>(steps: Steps<T>, signal: AbortSignal): Promise<T> {
  let until = performance.now() + SLICE_MS
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    if (performance.now() < until) continue
    await setImmediate()
    signal.throwIfAborted()
    until = performance.now() + SLICE_MS
  }
}

/** Makes something of each item, one a step. */
export function* mapInSteps<T, R>(items: Iterable<T>, make: (item: T, index: number) => R): Steps<R[]> {
  const made: R[] = []
  for (const item of items) {
    made.push(make(item, made.length))
    yield
  }
  return made
}
