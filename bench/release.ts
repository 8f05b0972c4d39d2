import { mkdtempSync, rmSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { percentile } from './statistics.ts'

/**
 * P-09: from the last character of a sentence leaving the model until the sentence reaches a follower of the session,
 * in milliseconds. A whole desk runs in this process with its streaming model; every word notes when it left. Prints
 * one line of JSON per round. In between lie the sentence cutter, the check against the articles, and one commit.
 */
const ROUNDS = 8
const questions = [
  'How long does shipping take?',
  'What is your return policy?',
  'Do you repair laptops?',
  'How can I pay?',
  'Do you ship to Canada?',
]

interface Word {
  text: string
  at: number
}
const words: Word[] = []
Object.assign(globalThis, { noteWord: (text: string) => words.push({ text, at: performance.now() }) })

const YIELD = "yield { type: 'text-delta', id: '0', delta: word }"
registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context)
    if (!url.endsWith('/lib/assistant/offline/model.ts')) return loaded
    const source = String(loaded.source)
    if (!source.includes(YIELD)) throw new Error('the model has changed: its words cannot be timed here any more')
    return { ...loaded, source: source.replace(YIELD, `globalThis.noteWord(word); ${YIELD}`) }
  },
})
// What is measured begins at the model, which no public door shows: so this one bench looks inside.
const { readConfig } = await import('#lib/config.ts')
const { createDesk } = await import('#lib/desk.ts')

const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-bench-'))
const desk = await createDesk(readConfig({ DATA_DIR: dataDir, RATE_LIMIT: 'off', LOG_LEVEL: 'fatal', OFFLINE_PACE_MS: '5' }))
for (let round = 0; round < ROUNDS; round += 1) {
  const delays: number[] = []
  for (const question of questions) delays.push(...(await delaysOf(question)))
  // The first round warms up.
  if (round > 0) console.log(JSON.stringify({ p50: percentile(delays, 0.5), p99: percentile(delays, 0.99), sentences: delays.length }))
}
await desk.close()
rmSync(dataDir, { recursive: true, force: true })

/** Asks in a new session; the delay of each sentence of the answer. */
async function delaysOf(question: string): Promise<number[]> {
  words.length = 0
  const { ref } = await desk.access.resolve({ open: true, make: true })
  const abort = new AbortController()
  const following = await desk.sessions.follow(ref, { cursor: { after: 0 }, deltas: true, signal: abort.signal })
  await desk.sessions.act({ role: 'visitor' }, ref, { type: 'message', text: question })
  const released: Word[] = []
  for await (const event of following) {
    if (event.type === 'delta') released.push({ text: event.text, at: performance.now() })
    else if (event.type === 'message' && event.role === 'assistant') abort.abort()
  }
  return released.flatMap(({ text, at }) => {
    const left = leftAt(text.replace(/^(?: \[\d+\])?\s*/, ''))
    return left === undefined ? [] : [at - left]
  })
}

/** When the last character of a sentence left the model; undefined for what the model did not say, such as marks. */
function leftAt(sentence: string): number | undefined {
  const said = words.map(({ text }) => text).join('')
  const start = sentence === '' ? -1 : said.indexOf(sentence)
  if (start === -1) return undefined
  let end = 0
  return words.find(({ text }) => {
    end += text.length
    return end >= start + sentence.length
  })?.at
}
