import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { ANSWER, openPeer, type Peer, type Script } from '../../../e2e/models/peers/peer.ts'
import { chatCompletions, gemini } from '../../../e2e/models/peers/vendors.ts'
import { askChain, createTestClock, createTestLog, openTestChain, type TestAnswer, type TestQuestion } from './fixtures.ts'

/** with their numbers, against real HTTP. Time is the test's: seconds of it take none. */

const FIRST = 'openai/gpt-4o-mini'
const SECOND = 'google/gemini-3.5-flash-lite'
const LAST = 'frontdesk/offline'

const peers: Peer[] = []
afterEach(() => Promise.all(peers.splice(0).map((peer) => peer.close())))

async function twoProviders(environment: Record<string, string> = {}) {
  const [first, second] = [await openPeer(chatCompletions({ key: 'sk-1' })), await openPeer(gemini('gemini-3.5-flash-lite', 'g-1'))]
  peers.push(first, second)
  const [clock, log] = [createTestClock(), createTestLog()]
  const settings = {
    OPENAI_API_KEY: 'sk-1',
    OPENAI_BASE_URL: `${first.url}/v1`,
    GEMINI_API_KEY: 'g-1',
    GEMINI_BASE_URL: `${second.url}/v1beta`,
    AI_FALLBACK: 'gemini,offline',
    ...environment,
  }
  let sent = 0
  const send: typeof fetch = (input, init) => {
    sent += 1
    return fetch(input, init)
  }
  const isQuiet = () => peers.reduce((got, peer) => got + peer.requests.length, 0) === sent && peers.every((peer) => peer.isQuiet())
  return { first, second, clock, log, isQuiet, chain: await openTestChain(settings, { clock, log, send }) }
}

type Providers = Awaited<ReturnType<typeof twoProviders>>

/** Asks, and lets time go by whenever nothing else can happen. Returns how long it took, too. */
async function askInTime({ chain, clock, isQuiet }: Providers, options: TestQuestion = {}) {
  const startedAt = clock.now()
  let answer: TestAnswer | undefined
  const asked = askChain(chain, options).then((value) => {
    answer = value
  })
  while (!answer) {
    // What is on the wire gets through before the clock moves.
    for (let turns = 0; turns < 40 && !answer; turns = isQuiet() ? turns + 1 : 0) await nextTurn()
    if (!answer) clock.advance(clock.next() ?? 0)
  }
  await asked
  return { ...(answer as TestAnswer), took: clock.now() - startedAt }
}

describe('R-13: a provider that asks for patience', () => {
  const busy = (retryAfter?: string): Script => ({
    status: 429,
    body: '{}',
    ...(retryAfter ? { headers: { 'retry-after': retryAfter } } : {}),
  })

  test('is waited for when that is at most ten seconds', async () => {
    const desk = await twoProviders()
    const { first, second } = desk
    first.next(busy('1'), busy('10'))
    expect(await askInTime(desk)).toMatchObject({ text: ANSWER, assistant: FIRST, took: 11_000 })
    expect([first.requests.length, second.requests.length]).toEqual([3, 0])
  })

  test('is asked three times at most', async () => {
    const desk = await twoProviders()
    const { first, second } = desk
    first.otherwise = busy('2')
    expect(await askInTime(desk)).toMatchObject({ text: ANSWER, assistant: SECOND, took: 4000 })
    expect([first.requests.length, second.requests.length]).toEqual([3, 1])
  })

  test.each([['30'], ['3600'], [undefined], ['soon'], ['-1'], ['Wed, 25 Nov 2026 12:00:11 GMT']])(
    'is left for the next one after Retry-After %s',
    async (retryAfter) => {
      const desk = await twoProviders()
      const { first, second } = desk
      first.next(busy(retryAfter))
      expect(await askInTime(desk)).toMatchObject({
        text: ANSWER,
        assistant: SECOND,
        took: 0,
        reasons: [`${FIRST} did not answer`],
      })
      expect([first.requests.length, second.requests.length]).toEqual([1, 1])
    },
  )

  test('may name a date, or milliseconds', async () => {
    const desk = await twoProviders()
    const { first } = desk
    first.next(busy('Wed, 25 Nov 2026 12:00:09 GMT'), { status: 429, body: '{}', headers: { 'retry-after-ms': '250' } })
    expect(await askInTime(desk)).toMatchObject({ assistant: FIRST, took: 9250 })
  })
})

describe('R-14: a provider that fails', () => {
  test.each([[500], [502], [503], [529], [400], [401], [404]])('with %d is asked once, and the next one answers', async (status) => {
    const desk = await twoProviders()
    const { first, second } = desk
    first.next({ status, body: '{"error":{"message":"no"}}' })
    expect(await askInTime(desk)).toMatchObject({ text: ANSWER, assistant: SECOND, took: 0 })
    expect([first.requests.length, second.requests.length]).toEqual([1, 1])
  })

  test('for a minute is left alone after five failures, but for a probe every thirty seconds', async () => {
    const { first, clock, chain } = await twoProviders()
    first.otherwise = { status: 503, body: '' }
    const times: number[] = []
    const perSecond: number[] = []
    for (let second = 0; second < 60; second += 1) {
      const [startedAt, before] = [performance.now(), first.requests.length]
      expect(await askChain(chain)).toMatchObject({ text: ANSWER, assistant: SECOND })
      times.push(performance.now() - startedAt)
      perSecond.push(first.requests.length - before)
      clock.advance(1000)
    }
    expect(perSecond.flatMap((count, second) => (count > 0 ? [second] : []))).toEqual([0, 1, 2, 3, 4, 34])
    expect(chain.resting()).toEqual([FIRST])
    const p95 = times.sort((a, b) => a - b)[56] ?? Number.POSITIVE_INFINITY
    expect(p95).toBeLessThan(5000)

    first.otherwise = {}
    clock.advance(30_000)
    expect(await askChain(chain)).toMatchObject({ assistant: FIRST })
    expect(chain.resting()).toEqual([])
  })

  test('is probed by one visitor at a time', async () => {
    const { first, clock, chain } = await twoProviders()
    first.otherwise = { status: 500, body: '' }
    for (let at = 0; at < 5; at += 1) await askChain(chain)
    clock.advance(30_000)
    first.otherwise = {}
    const answers = await Promise.all(Array.from({ length: 10 }, () => askChain(chain)))
    expect(answers.filter(({ assistant }) => assistant === FIRST)).toHaveLength(1)
    expect(first.requests).toHaveLength(6)
  })
})

describe('R-15: a provider that is slow', () => {
  test('has fifteen seconds for its first token', async () => {
    const desk = await twoProviders()
    const { first } = desk
    first.next({ stallAt: 0 })
    expect(await askInTime(desk)).toMatchObject({ text: ANSWER, assistant: SECOND, took: 15_000 })
    await first.requests[0]?.closed
  })

  test('that drips a byte a second has no more', async () => {
    const { first, second, clock, chain } = await twoProviders()
    first.next({ dripMs: 4 })
    const asked = askChain(chain)
    await first.asked(1)
    for (let at = 0; at < 15; at += 1) {
      expect(second.requests).toHaveLength(0)
      await sleep(4)
      clock.advance(1000)
    }
    expect(await asked).toMatchObject({ text: ANSWER, assistant: SECOND })
  })

  test.each([[1], [2], [20]])('that stalls after token %d has twenty seconds for the next', async (stallAt) => {
    const desk = await twoProviders()
    const { first } = desk
    first.next({ stallAt })
    expect(await askInTime(desk)).toMatchObject({ text: ANSWER, restarts: 1, assistant: SECOND, took: 20_000 })
    await first.requests[0]?.closed
  })

  test('that goes on and on has two minutes in all, and then nobody else is asked', async () => {
    const { first, second, clock, chain } = await twoProviders()
    first.next({ tokens: Array.from({ length: 500 }, () => 'on ') })
    // Every piece takes a visitor's browser a second to have.
    const onText = () => clock.advance(1000)
    const answer = await askChain(chain, { onText })
    const reasons = [`${FIRST} did not answer`, `there was no time left for ${SECOND}`]
    expect(answer).toMatchObject({ text: 'The offline assistant says this.', assistant: LAST, isStandIn: true, reasons })
    expect(second.requests).toHaveLength(0)
  })

  test('that goes on and on is cut off after two minutes, once something of it was released', async () => {
    const { first, clock, chain } = await twoProviders()
    first.next({ tokens: Array.from({ length: 500 }, () => 'on ') })
    const answer = await askChain(chain, { onText: () => clock.advance(1000), releasedFrom: 1 })
    expect(answer).toMatchObject({ text: 'on '.repeat(120), assistant: FIRST, isComplete: false })
  })

  test('leaves no request behind when all are slow', async () => {
    const desk = await twoProviders()
    const { first, second, clock } = desk
    first.otherwise = { stallAt: 0 }
    second.otherwise = { stallAt: 3 }
    expect(await askInTime(desk)).toMatchObject({ assistant: LAST, took: 35_000 })
    await Promise.all([first.requests[0]?.closed, second.requests[0]?.closed])
    expect(clock.next()).toBeUndefined()
  })
})

describe('R-18: providers that die one after the other', () => {
  test('OpenAI, then Gemini, then Hugging Face, then the articles themselves', async () => {
    const hugging = await openPeer(chatCompletions({ key: 'hf-1' }))
    peers.push(hugging)
    const settings = { HF_API_KEY: 'hf-1', HF_BASE_URL: `${hugging.url}/v1`, AI_FALLBACK: 'gemini,huggingface,offline' }
    const { first, second, log, chain } = await twoProviders(settings)
    const who = async () => (await askChain(chain)).assistant
    expect(chain.names).toEqual([FIRST, SECOND, 'huggingface/meta-llama/Llama-3.1-8B-Instruct', LAST])
    expect(await who()).toBe(FIRST)
    await first.close()
    expect(await who()).toBe(SECOND)
    await second.close()
    expect(await who()).toBe('huggingface/meta-llama/Llama-3.1-8B-Instruct')
    await hugging.close()
    expect(await askChain(chain)).toEqual({
      text: 'The offline assistant says this.',
      restarts: 0,
      assistant: LAST,
      isComplete: true,
      isStandIn: true,
      reasons: chain.names.slice(0, 3).map((name) => `${name} did not answer`),
    })
    expect(log.lines.filter(({ message }) => message === 'a model failed: it could not be reached')).toHaveLength(6)
    peers.splice(0)
  })

  test('the next one begins anew as long as nothing was released', async () => {
    const desk = await twoProviders()
    const { first } = desk
    first.next({ dieAt: 7 })
    expect(await askInTime(desk)).toMatchObject({ text: ANSWER, restarts: 1, isComplete: true, assistant: SECOND })
  })

  test('what was released stays, and the answer ends there', async () => {
    const desk = await twoProviders()
    const { first, second } = desk
    first.next({ dieAt: 20 })
    const answer = await askInTime(desk, { releasedFrom: 30 })
    expect(answer).toMatchObject({
      restarts: 0,
      isComplete: false,
      assistant: FIRST,
      reasons: [`${FIRST} stopped in the middle of the answer`],
    })
    expect(ANSWER.startsWith(answer.text ?? '')).toBe(true)
    expect(second.requests).toHaveLength(0)
  })
})

describe('a stop', () => {
  test('ends the request at once, asks nobody else and counts as no failure', async () => {
    const { first, second, log, chain } = await twoProviders()
    for (let at = 0; at < 6; at += 1) {
      first.next({ stallAt: 3 })
      const stop = new AbortController()
      const asked = askChain(chain, { signal: stop.signal, onText: (text) => text === 'takes ' && stop.abort(new Error('stopped')) })
      await expect(asked).rejects.toThrow('stopped')
      await first.requests[at]?.closed
    }
    expect(second.requests).toHaveLength(0)
    expect(chain.resting()).toEqual([])
    const outcomes = log.lines.flatMap(({ message, outcome }) => (message === 'an answer' ? [outcome] : []))
    expect(outcomes).toEqual(Array(6).fill('stopped'))
    expect(log.lines.filter(({ message }) => message.startsWith('a model failed'))).toEqual([])
  })

  test('ends a wait', async () => {
    const { first, clock, chain } = await twoProviders()
    first.next({ status: 429, body: '{}', headers: { 'retry-after': '9' } })
    const stop = new AbortController()
    const asked = askChain(chain, { signal: stop.signal })
    await expect.poll(() => clock.next()).toBe(9000)
    stop.abort(new Error('stopped'))
    await expect(asked).rejects.toThrow('stopped')
    expect(clock.next()).toBeUndefined()
  })

  test('before the beginning asks nobody', async () => {
    const { first, chain } = await twoProviders()
    await expect(askChain(chain, { signal: AbortSignal.abort(new Error('stopped')) })).rejects.toThrow('stopped')
    expect(first.requests).toHaveLength(0)
  })
})

describe('a desk without models', () => {
  test('lets the offline assistant speak, in nobody’s place, and logs nothing of it', async () => {
    const log = createTestLog()
    const chain = await openTestChain({}, { log })
    expect(await askChain(chain)).toMatchObject({ assistant: LAST, isComplete: true, isStandIn: false, reasons: [] })
    expect(log.lines).toEqual([])
  })

  test('may have nothing to say', async () => {
    const chain = await openTestChain({}, { log: createTestLog() })
    expect(await askChain(chain, { request: { offline: { sentences: [] } } })).toMatchObject({ text: '', isComplete: true })
  })
})

describe('the budget of a day', () => {
  test('when it is spent, the articles speak for themselves until the next day', async () => {
    const { first, second, clock, chain } = await twoProviders({ BUDGET_TOKENS_PER_DAY: '500' })
    expect(await askChain(chain)).toMatchObject({ assistant: FIRST })
    expect(await askChain(chain)).toMatchObject({ assistant: FIRST })
    expect(await askChain(chain)).toMatchObject({ assistant: LAST, isStandIn: true, reasons: ['the budget of tokens for today is spent'] })
    expect([first.requests.length, second.requests.length]).toEqual([2, 0])
    expect(chain.totals().tokens_today).toBe(500)
    clock.advance(12 * 3_600_000)
    expect(await askChain(chain)).toMatchObject({ assistant: FIRST })
  })

  test('counts what a broken answer took, as far as that can be known', async () => {
    const { first, chain } = await twoProviders({ BUDGET_TOKENS_PER_DAY: '1000000' })
    first.next({ dieAt: 10 })
    await askChain(chain)
    const [row] = chain.totals().models
    expect(row).toMatchObject({ model: FIRST, requests: 1, answers: 0, failures: 1 })
    expect(row?.output_tokens).toBeGreaterThan(10)
  })
})
