import { describe, expect, test } from 'vitest'
import { createAnalyze } from './analyze.ts'
import type { Ask } from './ask.ts'
import { createCommands } from './command.ts'
import { context } from './fixtures.ts'
import { keyPhrases, keyPoints } from './key-points.ts'
import { createSentiment } from './sentiment.ts'

const run = (line: string, ask?: Ask) => createCommands([createAnalyze(ask)]).runCommand(context(line), new AbortController().signal)

describe('sentiment by words', () => {
  const sentiment = createSentiment()

  test.each([
    ['en', 'positive', 'The laptop is excellent and the delivery was fast.'],
    ['en', 'positive', "It doesn't feel cheap at all, I'm not disappointed."],
    ['en', 'negative', 'This is the worst shop, my order arrived broken.'],
    ['en', 'negative', 'I am not happy with the screen.'],
    ['en', 'negative', 'The battery isn’t good.'],
    ['en', 'neutral', 'The laptop has a 14 inch screen and two ports.'],
    ['en', 'mixed', 'Great keyboard, terrible screen.'],
    ['de', 'negative', 'Das Gerät ist kaputt und der Service war schlecht.'],
    ['de', 'positive', 'Sehr freundlich, ich bin zufrieden.'],
    ['es', 'negative', 'Llegó roto, muy mal servicio.'],
    ['fr', 'positive', 'Livraison rapide, je recommande.'],
    ['fr', 'negative', 'Je ne suis pas content.'],
    ['vi', 'positive', 'Máy rất tốt, tôi hài lòng.'],
    ['vi', 'negative', 'Tôi không hài lòng, máy bị hỏng.'],
  ])('%s: %s: %s', (language, expected, text) => {
    expect(sentiment(text, language)).toMatchObject({ sentiment: expected })
  })

  test('is stronger for stronger words', () => {
    const [weak, plain, strong] = ['somewhat good', 'good', 'extremely good'].map((text) => sentiment(text, 'en').score) as [
      number,
      number,
      number,
    ]
    expect(weak).toBeLessThan(plain)
    expect(plain).toBeLessThan(strong)
    expect(sentiment('excellent '.repeat(100), 'en').score).toBeLessThanOrEqual(1)
  })

  test('of nothing is neutral', () => {
    expect(sentiment('', 'en')).toEqual({ sentiment: 'neutral', score: 0 })
  })
})

describe('key points', () => {
  const text =
    'Hello there. My new laptop does not charge. I tried another charger and the laptop still does not charge. The weather is nice. Can the laptop be repaired under warranty?'

  test('are sentences of the text, in their order', () => {
    const points = keyPoints(text, 'en')
    expect(points).toEqual([
      'My new laptop does not charge.',
      'I tried another charger and the laptop still does not charge.',
      'Can the laptop be repaired under warranty?',
    ])
  })

  test('phrases are runs of words with content', () => {
    const phrases = keyPhrases(
      'The wireless noise cancelling headphones lost the bluetooth connection. The bluetooth connection is unstable.',
      'en',
    )
    expect(phrases[0]).toContain('bluetooth connection')
    expect(phrases.every((phrase) => !phrase.split(' ').includes('the'))).toBe(true)
    expect(keyPhrases('', 'en')).toEqual([])
  })
})

describe('/analyze', () => {
  test('tells sentiment, points and phrases, and how it found them', async () => {
    const { command, result } = await run('/analyze text="My order arrived broken. I am very disappointed!"')
    expect(command).toBe('analyze')
    expect(result).toMatchObject({ status: 'success', sentiment: 'negative', method: 'word lists' })
    expect(result.message).toMatch(/^Sentiment: negative \(-0\.\d+\)\nKey points:\n- My order arrived broken\./)
  })

  test('takes what stands on the line without a name', async () => {
    expect((await run('/analyze I love it')).result).toMatchObject({ sentiment: 'positive' })
  })

  test('takes what a model found when it kept to the form', async () => {
    const found = { sentiment: 'mixed', score: 0.1, key_points: ['It is fine.'], key_phrases: [] }
    expect((await run('/analyze text="x y"', async () => `\`\`\`json\n${JSON.stringify(found)}\n\`\`\``)).result).toMatchObject({
      ...found,
      method: 'model',
    })
  })

  test.each(['I think it is positive.', '{"sentiment": "great"}', '{', undefined])('does without a model that says %s', async (answer) => {
    expect((await run('/analyze text="I love it"', async () => answer)).result).toMatchObject({
      sentiment: 'positive',
      method: 'word lists',
    })
  })

  test('says what is missing and what is too long', async () => {
    expect((await run('/analyze')).result).toEqual({ status: 'error', message: 'text is missing. Type /analyze text="…"' })
    expect((await run(`/analyze text="${'a '.repeat(3000)}"`)).result).toMatchObject({
      status: 'error',
      message: 'text is too long: 5999 characters, at most 4000.',
    })
  })
})
