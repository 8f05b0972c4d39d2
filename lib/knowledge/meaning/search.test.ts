import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Knowledge, openKnowledge } from '../knowledge.ts'
import { createTestEmbedder, directionOf } from './fixtures.ts'
import { openVectors } from './vectors.ts'

/** A small collection, and an embedder that knows what each of its texts is about; it knows more words than the articles have. */
const topics: Record<string, { says: string; asked: string[]; also: RegExp }> = {
  Returns: {
    says: 'Send it back within ten days.',
    asked: ['How do I return it?', 'Can I send it back?', 'What is the return period?'],
    also: /regret/,
  },
  Shipping: {
    says: 'A parcel takes three days.',
    asked: ['When does my parcel come?', 'How long is shipping?', 'Is shipping fast?'],
    also: /doorstep/,
  },
  Hours: {
    says: 'We are open from nine to five.',
    asked: ['When are you open?', 'What are your hours?', 'When do you close?'],
    also: /sundown/,
  },
  Warranty: {
    says: 'Defects are repaired for two years.',
    asked: ['Is there a warranty?', 'What if it is defective?', 'Who repairs defects?'],
    also: /conked/,
  },
  Payment: {
    says: 'We take cards and transfers.',
    asked: ['Which cards do you take?', 'How can I pay?', 'Is a transfer possible?'],
    also: /plastic/,
  },
  Address: {
    says: 'The shop is in Wharf Lane.',
    asked: ['Where is the shop?', 'What is the address?', 'Where is Wharf Lane?'],
    also: /beeline/,
  },
  Account: {
    says: 'An account is made with an e-mail.',
    asked: ['How do I make an account?', 'Do I need an account?', 'Which e-mail is it?'],
    also: /sesame/,
  },
  Privacy: {
    says: 'Data is kept for a year.',
    asked: ['How long is data kept?', 'Do you keep my data?', 'What data is kept?'],
    also: /snoop/,
  },
}
const UNKNOWN = 'Pangrams puzzle quizzical badgers'

function topicOf(text: string): string {
  const own = Object.entries(topics).find(
    ([title, { says, asked, also }]) => [title, ...asked].includes(text) || text.includes(says) || also.test(text),
  )
  return own?.[0] ?? text
}

const lines: string[] = []
const note = (_: object, message: string) => void lines.push(message)
const log = { debug: note, info: note, warn: note, error: note }
const { signal } = new AbortController()
let place: string
let knowledge: Knowledge
let embedding: ReturnType<typeof createTestEmbedder>
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'frontdesk-meaning-'))
  mkdirSync(join(place, 'knowledge'))
  for (const [title, { says, asked }] of Object.entries(topics)) {
    const front = ['---', `title: ${title}`, 'language: en', 'questions:', ...asked.map((question) => `  - "${question}"`), '---']
    writeFileSync(join(place, 'knowledge', `${title.toLowerCase()}.md`), [...front, says].join('\n'))
  }
  lines.length = 0
  embedding = createTestEmbedder()
  // Texts of one topic are near each other, and no two the same.
  embedding.lead.vectorOf = (text) => {
    const [topic, own] = [directionOf(`topic ${topicOf(text)}`), directionOf(`text ${text}`)]
    return topic.map((value, at) => (2 * value + (own[at] as number)) / Math.sqrt(5))
  }
})
afterEach(async () => {
  await knowledge.close()
  rmSync(place, { recursive: true })
})

async function open() {
  const vectors = await openVectors({
    embedder: embedding.embedder,
    file: join(place, 'vectors.bin'),
    log,
    wait: async (_, signal) => signal.aborted || once(signal, 'abort'),
  })
  knowledge = await openKnowledge(join(place, 'knowledge'), log, undefined, vectors)
}
async function found(text: string) {
  const { hits } = (await knowledge.searchFor([text], signal))(text)
  return hits[0]
}

describe('with an embedder', () => {
  test.each(Object.entries(topics))('%s is found by a word that stands nowhere', async (title, { also }) => {
    await open()
    await knowledge.embedding()
    const question = `the ${also.source} ?`
    expect(knowledge.search(question).hits).toEqual([])
    expect(await found(question)).toMatchObject({ article: { title }, coverage: 0 })
    expect((await found(question))?.meant).toBeGreaterThan(1)
  })

  test('what is near nothing is held against all', async () => {
    await open()
    await knowledge.embedding()
    expect((await found(UNKNOWN))?.meant).toBeLessThan(-0.5)
  })

  test('that says nothing of what texts mean, the search is that by words to the last digit', async () => {
    embedding.lead.vectorOf = (text) => directionOf(text)
    await open()
    await knowledge.embedding()
    expect(knowledge.embedded()).toEqual({ made: 8, all: 8 })
    expect(lines.at(-1)).toContain('searched by words alone')
    for (const question of ['When do you close?', 'do you repair what was defective after a year', UNKNOWN]) {
      expect((await knowledge.searchFor([question], signal))(question).hits).toEqual(knowledge.search(question).hits)
    }
  })

  test('that does not answer, the search is by words, and opens at once', async () => {
    embedding.lead.fails = 'answered 500'
    await open()
    expect((await found('When do you close?'))?.article.title).toBe('Hours')
    expect(knowledge.embedded()).toEqual({ made: 0, all: 8 })
    // Questions are not even asked while there is nothing to compare them with.
    expect(embedding.requests.filter(({ texts }) => texts.includes('When do you close?'))).toEqual([])
  })

  test('that fails at a question, the search is by words', async () => {
    await open()
    await knowledge.embedding()
    embedding.lead.fails = 'sent no vectors within 1500 ms'
    expect((await found('When do you close, in the evening?'))?.article.title).toBe('Hours')
    expect(await found('the doorstep ?')).toBeUndefined()
  })

  test('an article that changes is embedded by itself', async () => {
    await open()
    await knowledge.embedding()
    const before = embedding.requests.length
    writeFileSync(
      join(place, 'knowledge', 'hours.md'),
      '---\ntitle: Hours\nlanguage: en\nquestions: [When are you open?]\n---\nWe are open from ten to four.',
    )
    await expect.poll(() => embedding.requests.length).toBe(before + 1)
    await expect.poll(() => knowledge.embedded()).toEqual({ made: 8, all: 8 })
    expect(embedding.requests.at(-1)?.texts).toEqual(['Hours\nWe are open from ten to four.'])
    expect((await found('the doorstep ?'))?.article.title).toBe('Shipping')
  })
})

test('without an embedder the search is that by words', async () => {
  knowledge = await openKnowledge(join(place, 'knowledge'), log)
  expect(await found('the doorstep ?')).toBeUndefined()
  expect(knowledge.embedded()).toBeUndefined()
})
