import { beforeEach, describe, expect, test } from 'vitest'
import { createLocalBus } from '#lib/bus/local-bus.ts'
import type { Action } from '#lib/protocol/actions.ts'
import { emptyState, reduce } from '#lib/protocol/state.ts'
import { createHall, puppet, ref } from './fixtures.ts'
import { createMemoryStore } from './memory-store.ts'
import type { SessionStore } from './ports.ts'

/** The last message in other words, and the last answer once more. */

let store: SessionStore
let hall: ReturnType<typeof createHall>
let assistant: ReturnType<typeof puppet>
beforeEach(() => {
  store = createMemoryStore(Date.now)
  assistant = puppet()
  hall = createHall(store, createLocalBus(), assistant.respond)
})

const here = ref('session-1')
const soon = <T>(look: () => T) => expect.poll(look, { interval: 1, timeout: 4000 })
const act = (action: Action) => hall.service.act({ role: 'visitor' }, here, action)
const send = async (text: string, client_msg_id?: string) =>
  (await act({ type: 'message', text, ...(client_msg_id && { client_msg_id }) })).message_id as string
const edit = (message_id: string, text: string, client_msg_id?: string) =>
  act({ type: 'edit', message_id, text, ...(client_msg_id && { client_msg_id }) })
const log = async () => (await hall.log.page(here, { after: 0 }, 1000)).events
const told = async () =>
  (await log()).map((event) => (event.type === 'message' ? `${event.role} ${event.status}: ${event.content}` : event.type))
const standing = async () => (await store.messages(here, { after: 0, limit: 99 })).map(({ content }) => content)
const state = async () => (await log()).reduce(reduce, emptyState)
const record = () => store.find(here.key)

/** Answers what is asked next, and resolves when the answer is in the log. */
async function answered(text: string): Promise<string[]> {
  const answer = await assistant.answer()
  const { questions } = answer
  answer.say(text)
  answer.finish()
  await soon(async () => (await record())?.turns).toEqual([])
  return questions
}

describe('an edit', () => {
  test('takes the last message back with its answer, and is answered in their place', async () => {
    const first = await send('How long?')
    await answered('Three days.')
    await edit(first, 'How much?')
    expect(await answered('Five dollars.')).toEqual(['How much?'])
    expect(await told()).toEqual([
      'visitor complete: How long?',
      'assistant complete: Three days.',
      'replaced',
      'replaced',
      'visitor complete: How much?',
      'assistant complete: Five dollars.',
    ])
    expect(await standing()).toEqual(['How much?', 'Five dollars.'])
    expect((await record())?.messageCount).toBe(2)
    expect(Object.keys((await state()).replaced)).toHaveLength(2)
    expect((await state()).open).toEqual([])
  })

  test('ends the answer that is being shown', async () => {
    const first = await send('How long?')
    const running = await assistant.answer()
    running.say('Three')
    await soon(async () => (await record())?.turns[0]?.shown?.text).toBe('Three')
    await edit(first, 'How much?')
    running.say(' days.')
    expect(await answered('Five dollars.')).toEqual(['How much?'])
    expect(await told()).toEqual([
      'visitor complete: How long?',
      'assistant superseded: Three',
      'replaced',
      'visitor complete: How much?',
      'assistant complete: Five dollars.',
    ])
    expect((await state()).open).toEqual([])
  })

  test('leaves what was asked beside it to be answered', async () => {
    await send('How long?')
    await assistant.answer()
    const second = await send('And to Canada?')
    await assistant.answer()
    await edit(second, 'And to Mexico?')
    expect(await answered('Both.')).toEqual(['How long?', 'And to Mexico?'])
    await edit((await store.messages(here, { after: 0, limit: 9 }))[1]?.message_id ?? '', 'And to Peru?')
    expect(await answered('All.')).toEqual(['How long?', 'And to Peru?'])
    expect(await standing()).toEqual(['How long?', 'And to Peru?', 'All.'])
  })

  test('into a command leaves the other questions to the assistant', async () => {
    await send('How long?')
    await assistant.answer()
    const second = await send('And to Canada?')
    await assistant.answer()
    await edit(second, '/test')
    expect(await answered('Three days.')).toEqual(['How long?'])
    expect((await told()).slice(2)).toContain('command_response')
  })

  test('is taken once under its name', async () => {
    const first = await send('How long?', 'c1')
    const once = await edit(first, 'How much?', 'c2')
    expect(await edit(first, 'How much?', 'c2')).toEqual({ ...once, duplicate: true })
    await expect(edit(first, 'How many?', 'c2')).rejects.toMatchObject({ code: 'mismatch' })
    expect(await told()).toHaveLength(3)
  })

  test('is for the last message alone', async () => {
    const first = await send('How long?')
    await answered('Three days.')
    await send('How much?')
    await answered('Five dollars.')
    for (const id of [first, 'unknown']) await expect(edit(id, 'What?')).rejects.toMatchObject({ code: 'conflict' })
  })

  test('into a command that does not exist changes nothing', async () => {
    const first = await send('How long?')
    const running = await assistant.answer()
    running.say('Three')
    await soon(async () => (await record())?.turns[0]?.shown?.text).toBe('Three')
    await expect(edit(first, '/nonsense')).rejects.toMatchObject({ code: 'unknown_command' })
    running.say(' days.')
    running.finish()
    await soon(told).toEqual(['visitor complete: How long?', 'assistant complete: Three days.'])
  })
})

describe('a regeneration', () => {
  test('has the last answer written anew', async () => {
    await send('How long?')
    await answered('Three days.')
    await act({ type: 'regenerate' })
    expect(await answered('Four days.')).toEqual(['How long?'])
    expect(await told()).toEqual([
      'visitor complete: How long?',
      'assistant complete: Three days.',
      'replaced',
      'assistant complete: Four days.',
    ])
    expect(await standing()).toEqual(['How long?', 'Four days.'])
  })

  test('of an answer that was stopped goes on from its question', async () => {
    await send('How long?')
    ;(await assistant.answer()).say('Three')
    await soon(async () => (await record())?.turns[0]?.shown?.text).toBe('Three')
    await act({ type: 'stop' })
    await act({ type: 'regenerate' })
    expect(await answered('Four days.')).toEqual(['How long?'])
  })

  test('is refused where there is no last answer', async () => {
    await expect(act({ type: 'regenerate' })).rejects.toMatchObject({ code: 'not_found' })
    await send('How long?')
    await expect(act({ type: 'regenerate' })).rejects.toMatchObject({ code: 'conflict', message: 'An answer is being written.' })
    await answered('Three days.')
    await send('/test')
    await soon(told).toHaveLength(4)
    await expect(act({ type: 'regenerate' })).rejects.toMatchObject({ code: 'conflict', message: 'There is no answer to be written anew.' })
  })
})
