import { describe, expect, test } from 'vitest'
import { answered, context, said } from './fixtures.ts'
import { createSummarize } from './summarize.ts'

const line = { name: 'summarize', args: {}, rest: '' }
const { signal } = new AbortController()
const talk = [
  said('visitor', 'How long does shipping take? I need it by Friday.', 'm1'),
  answered('m1', 'Standard shipping takes 3 to 5 business days. [1] Express takes 1 to 2. [2]'),
  said('visitor', '/help', 'm2'),
  said('visitor', 'Do you ship to Canada?', 'm3'),
  said('operator', 'Yes, we do. Shall I set it up?', 'm4'),
]
const run = (history = talk, ask?: Parameters<typeof createSummarize>[0]) =>
  createSummarize(ask).run(context('/summarize', history), line, signal)

describe('/summarize', () => {
  test('without a model tells each question with the first sentence of its answer', async () => {
    const summary = [
      '- You asked “How long does shipping take?” Answer: Standard shipping takes 3 to 5 business days.',
      '- You wrote “Do you ship to Canada?”',
      '- An operator wrote: Yes, we do.',
    ].join('\n')
    expect((await run()).result).toEqual({ status: 'success', message: summary, summary, method: 'extract' })
  })

  test('says so when nothing was asked', async () => {
    expect((await run([said('visitor', '/help', 'm1')])).result).toMatchObject({ summary: 'Nothing has been asked yet.' })
  })

  test('tells of a long talk how much came before', async () => {
    const long = Array.from({ length: 20 }, (_, at) => said('visitor', `Question ${at}?`, `m${at}`))
    const { summary } = (await run(long)).result
    expect(summary).toContain('- 12 earlier questions\n- You wrote “Question 12?”')
    expect(summary).not.toContain('Question 11?')
  })

  test('gives a model the conversation as data, without the marks of sources', async () => {
    let given = ''
    const { result } = await run(talk, async ({ text }) => {
      given = text
      return 'You asked how long shipping takes: 3 to 5 business days.'
    })
    expect(given).toContain(
      'Customer: How long does shipping take? I need it by Friday.\nDesk: Standard shipping takes 3 to 5 business days. Express',
    )
    expect(result).toMatchObject({ method: 'model', summary: 'You asked how long shipping takes: 3 to 5 business days.' })
  })

  test.each([
    ['has a figure that nobody said', 'Shipping takes 9 days.'],
    ['does not end', 'word '.repeat(1000)],
    ['is empty', ''],
    ['did not come', undefined],
  ])('does without a model whose summary %s', async (_, written) => {
    expect((await run(talk, async () => written)).result).toMatchObject({ method: 'extract' })
  })
})
