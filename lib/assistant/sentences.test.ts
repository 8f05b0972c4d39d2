import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSentenceCutter } from './sentences.ts'

/** The sentences of a text that arrives in pieces of so many characters, without the space around them. */
function cut(text: string, size = text.length): string[] {
  const cutter = createSentenceCutter()
  const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, at) => text.slice(at * size, (at + 1) * size))
  return [...pieces.flatMap((piece) => cutter.push(piece)), ...cutter.flush()].map((sentence) => sentence.trim())
}

describe.each([1, 3, 1000])('in pieces of %i characters', (size) => {
  test.each([
    ['It costs $6.95 per order. Express is $14.95.', ['It costs $6.95 per order.', 'Express is $14.95.']],
    ['Open from 9 a.m. to 7 p.m. on weekdays. Closed on Sunday.', ['Open from 9 a.m. to 7 p.m. on weekdays.', 'Closed on Sunday.']],
    ['Bring a photo ID, e.g. a passport. Cash is fine.', ['Bring a photo ID, e.g. a passport.', 'Cash is fine.']],
    ['Write to support@harborcomputers.example. We answer.', ['Write to support@harborcomputers.example.', 'We answer.']],
    ['See https://harbor.example/a.b?c=d. Then wait.', ['See https://harbor.example/a.b?c=d.', 'Then wait.']],
    ['“Can I return it?” Yes. Why not!', ['“Can I return it?”', 'Yes.', 'Why not!']],
    ['Wait… it is open. Really... it is.', ['Wait… it is open.', 'Really... it is.']],
    ['**Standard shipping.** It takes 3 days.', ['**Standard shipping.**', 'It takes 3 days.']],
    ['Am 24. Dezember geschlossen. Danach offen.', ['Am 24. Dezember geschlossen.', 'Danach offen.']],
    ['Version 2. Everything else stays.', ['Version 2.', 'Everything else stays.']],
    ['no final mark', ['no final mark']],
    ['是的。可以退货！好', ['是的。', '可以退货！', '好']],
  ])('%s', (text, sentences) => {
    expect(cut(text, size)).toEqual(sentences)
  })

  test('a list item is a sentence, its mark no sentence of its own', () => {
    const text = 'Do this:\n1. Choose a day\n2. Confirm it. Then wait.\n\n- One\n* Two\n## More\nThe end.'
    expect(cut(text, size)).toEqual([
      'Do this:',
      '1. Choose a day',
      '2. Confirm it.',
      'Then wait.',
      '- One',
      '* Two',
      '## More',
      'The end.',
    ])
  })
})

test('however a text is cut into pieces, its sentences are the same and together are the text', () => {
  const piece = fc.constantFrom('Hello', ' ', '. ', '.', '\n', '1. ', '- ', '$6.95', 'e.g. ', '? ', 'Then', '…', '”')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), fc.integer({ min: 1, max: 5 }), (pieces, size) => {
      const text = pieces.join('')
      const cutter = createSentenceCutter()
      const parts = Array.from({ length: Math.ceil(text.length / size) }, (_, at) => text.slice(at * size, (at + 1) * size))
      const sentences = [...parts.flatMap((part) => cutter.push(part)), ...cutter.flush()]
      expect(sentences.join('').trim()).toBe(text.trim())
      expect(sentences.map((sentence) => sentence.trim())).toEqual(cut(text))
    }),
  )
})

test('a sentence is released as soon as white space follows it', () => {
  const cutter = createSentenceCutter()
  expect(cutter.push('It is open. ')).toEqual(['It is open. '])
  expect(cutter.push('It closes at 7.')).toEqual([])
})
