import { expect, test } from 'vitest'
import { readArticles } from '#lib/knowledge/article.ts'
import { compose } from './compose.ts'

const [article] = readArticles(
  'hours.md',
  `# Hours

## Opening hours
The store is open Monday to Friday from 9:00 am to 7:00 pm. The store is open on Saturday from 10:00 am to 6:00 pm. Times are local.

## How to book
Book a visit online.

1. Choose a day.
2. Confirm the visit.

| Day | Hours |
|---|---|
| Saturday | 10 to 6 |
`,
)
const [hours, booking] = article?.passages ?? []

/** Fits by the share of the words asked for that a text has. */
const fitOf =
  (...asked: string[]) =>
  (text: string) =>
    asked.filter((word) => text.toLowerCase().includes(word)).length / asked.length

test('an answer begins with the sentence that was asked for', () => {
  if (!hours) throw new Error('no passage')
  const chosen = compose('When do you close on Saturday?', [{ passage: hours, score: 1 }], fitOf('open', 'saturday'))
  expect(chosen.map(({ at }) => at)).toEqual([1, 0])
})

test('steps are given together and in order', () => {
  if (!booking) throw new Error('no passage')
  const chosen = compose('How do I confirm?', [{ passage: booking, score: 1 }], fitOf('confirm'))
  expect(chosen.slice(0, 3).map(({ sentence }) => sentence)).toEqual(['Book a visit online.', 'Choose a day.', 'Confirm the visit.'])
})

test('what only stands in a table is said as a sentence', () => {
  if (!booking) throw new Error('no passage')
  const table = { ...booking, text: '', sentences: booking.sentences.slice(3) }
  const chosen = compose('Saturday?', [{ passage: table, score: 1 }], fitOf('saturday'))
  expect(chosen.map(({ sentence }) => sentence)).toEqual(['Saturday: 10 to 6.'])
})

test('from nothing nothing is said', () => {
  expect(compose('Anything?', [], () => 1)).toEqual([])
})
