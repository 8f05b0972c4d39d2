import { describe, expect, test } from 'vitest'
import { createTestShop } from '#lib/assistant/dialogue/test-shop.ts'
import { openAssistant } from './ask.ts'
import { knowledgeOf, sets } from './questions.ts'
import { rank } from './ranking.ts'
import { score } from './score.ts'

/** What these sets hold; goals.ts says how much where a goal is not reached yet. */
const judging = sets.filter((set) => set !== 'dev')

describe.each(judging)('on the %s questions', (set) => {
  test('the assistant answers as well as it should, and finds the right article at least as well as SQLite FTS5', async () => {
    const { ask, knowledge, close } = await openAssistant(knowledgeOf(set))
    try {
      const lost = (await score(set, ask)).filter(({ isKept }) => !isKept)
      expect(lost.map(({ name, value, goal }) => `${name}: ${value.toFixed(3)}, ${goal.side} ${goal.held?.[set] ?? goal.share}`)).toEqual(
        [],
      )
      const { ours, fts5 } = await rank(set, knowledge)
      expect(ours).toBeGreaterThanOrEqual(fts5)
    } finally {
      await close()
    }
  }, 30_000)
})

/** Who has other articles than a shop's has other questions too: "Where is my parcel?" is one for a desk with a shop. */
describe.each(judging.filter((set) => knowledgeOf(set) === 'knowledge'))('on the %s questions', (set) => {
  test('a shop takes none of them for wishes', async () => {
    const { ask, close } = await openAssistant(knowledgeOf(set), { gateway: createTestShop().gateway })
    try {
      const lost = (await score(set, ask)).filter(({ isKept }) => !isKept)
      expect(lost.map(({ name, value }) => `${name}: ${value.toFixed(3)}`)).toEqual([])
    } finally {
      await close()
    }
  }, 30_000)
})
