import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAssistant } from './ask.ts'

/** What happens when the assistant is not sure, on a small collection that is not ours. */
let assistant: Awaited<ReturnType<typeof openAssistant>>
beforeAll(async () => {
  assistant = await openAssistant('evals/corpora/faq-txt/knowledge')
})
afterAll(() => assistant.close())

const unsure = 'what clothes do I need'

test('unsure, it asks back; a topic that is chosen answers the question asked before', async () => {
  const { kind, options } = await assistant.ask(unsure)
  expect(kind).toBe('clarify')
  expect(options).toContain('What should I wear?')
  const said = await assistant.ask(unsure, 'What should I wear?')
  expect(said.kind).toBe('answer')
  expect(said.response).toContain('comfortable clothes')
})

test('a bare yes to a single topic chooses it', async () => {
  const { options } = await assistant.ask('is it ok for total beginners')
  expect(options).toHaveLength(1)
  expect((await assistant.ask('is it ok for total beginners', 'yes')).response).toContain('Beginners are welcome')
})

test('a bare yes takes a person when one was offered just before, and else nothing', async () => {
  expect(await assistant.ask('who is the prime minister', 'yes please')).toMatchObject({ kind: 'hand_over', handoff: true })
  expect(await assistant.ask('What should I wear?', 'yes please')).toMatchObject({ kind: 'smalltalk', handoff: false })
})

test('who wants no person gets none', async () => {
  expect(await assistant.ask('I do not want to talk to a person')).toMatchObject({ kind: 'smalltalk', handoff: false })
})

test('it asks back once; then it offers a person', async () => {
  expect(await assistant.ask(unsure, 'none of these')).toMatchObject({ kind: 'offer_person', options: ['Yes, a person please'] })
  expect((await assistant.ask(unsure, unsure)).kind).not.toBe('clarify')
})

test('what it merely is unsure about, it does not call uncovered', async () => {
  expect((await assistant.ask(unsure, 'none of these')).response).not.toContain('found nothing')
  expect((await assistant.ask('who is the prime minister')).response).toContain('found nothing')
})

test('a person who was asked for already is not offered again', async () => {
  const said = await assistant.ask('I want to talk to a person', 'who is the prime minister')
  expect(said.response).toContain('has been asked already')
  expect(said.options).toEqual([])
})
