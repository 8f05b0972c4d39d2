import { expect, test } from 'vitest'
import { readArticles } from '#lib/knowledge/article.ts'
import { scriptOf } from './script.ts'

const [article] = readArticles(
  'visits.md',
  '# Visits\n\n## Booking\nBook a visit online.\n\n1. Choose a **day**. Any day is fine.\n2. Confirm the visit.\n\nThen wait.\n\n## Prices\nA visit costs $20.\n',
)
const [booking, prices] = article?.passages ?? []

test('steps stand on lines of their own, parts a blank line apart', () => {
  if (!booking || !prices) throw new Error('no passages')
  const steps = booking.sentences.map((sentence, at) => ({ passage: booking, at, sentence, score: 1 }))
  const price = { passage: prices, at: 0, sentence: 'A visit costs $20.', score: 1 }
  expect(
    scriptOf([steps, [price]])
      .join(' ')
      .replaceAll(' \n', '\n'),
  ).toBe('Book a visit online.\n1. Choose a day. Any day is fine.\n2. Confirm the visit.\n\nThen wait.\n\nA visit costs $20.')
})

test('a single list item is a plain sentence', () => {
  if (!booking) throw new Error('no passage')
  expect(scriptOf([[{ passage: booking, at: 3, sentence: 'Confirm the visit.', score: 1 }]])).toEqual(['Confirm the visit.'])
})
