import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLocalBus } from '#lib/bus/local-bus.ts'
import type { LiveEvent, StoredEvent } from '#lib/protocol/events.ts'
import type { Database } from '#lib/store/database.ts'
import { createSessionStore } from '#lib/store/session-store.ts'
import { openSqlite } from '#lib/store/sqlite-database.ts'
import { collect, createHall, puppet, ref, silent, tempDirectory } from './fixtures.ts'

const visitor = { role: 'visitor' } as const
const isAnswer = (event: LiveEvent) => event.type === 'message' && event.role === 'assistant'

describe('the service', () => {
  let directory: ReturnType<typeof tempDirectory>
  let database: Database
  let hall: ReturnType<typeof createHall>
  let assistant: ReturnType<typeof puppet>

  beforeEach(async () => {
    directory = tempDirectory()
    database = await openSqlite(directory.path, silent)
    assistant = puppet()
    hall = createHall(createSessionStore(database, 'store', Date.now), createLocalBus(), assistant.respond)
  })
  afterEach(async () => {
    await database.close()
    directory.remove()
  })

  const here = () => ref('session-1')
  const send = (text: string, client_msg_id?: string) =>
    hall.service.act(visitor, here(), { type: 'message', text, ...(client_msg_id && { client_msg_id }) })
  const log = async () => (await hall.log.page(here(), { after: 0 }, 1000)).events
  const follow = async (deltas = true) => {
    const abort = new AbortController()
    const following = await hall.log.follow(here(), { cursor: { after: 0 }, deltas, signal: abort.signal })
    return { following, abort }
  }

  it('answers a question in one message that lists it', async () => {
    const { following } = await follow()
    const receipt = await send('How long?', 'c1')
    expect(receipt).toMatchObject({ seq: 1, client_msg_id: 'c1' })
    const answer = await assistant.answer()
    expect(answer.questions).toEqual(['How long?'])
    answer.say('Three ')
    answer.say('days.')
    answer.finish({ confidence: 0.9 })
    const events = await collect(following, (all) => all.some(isAnswer))
    expect(events.map((event) => event.type)).toEqual(['message', 'delta', 'delta', 'message'])
    expect(events.at(-1)).toMatchObject({ seq: 2, content: 'Three days.', status: 'complete', confidence: 0.9 })
    expect((events.at(-1) as StoredEvent & { in_reply_to: string[] }).in_reply_to).toEqual([receipt.message_id])
  })

  it('takes a message once, whatever happens around it', async () => {
    const first = await send('Hello', 'same')
    const [again, more] = await Promise.all([send('Hello', 'same'), send('Hello', 'same')])
    expect(again).toMatchObject({ message_id: first.message_id, seq: first.seq, duplicate: true })
    expect(more.seq).toBe(first.seq)
    await expect(send('Something else', 'same')).rejects.toMatchObject({ code: 'mismatch' })
    expect(await log()).toHaveLength(1)
  })

  it('lets a question join an answer of which nothing was shown', async () => {
    await send('One?')
    const first = await assistant.answer()
    await send('Two?')
    first.say('too late')
    const second = await assistant.answer()
    expect(second.questions).toEqual(['One?', 'Two?'])
    const { following } = await follow()
    second.say('Both.')
    second.finish()
    const events = await collect(following, (all) => all.some(isAnswer))
    const answers = events.filter(isAnswer) as Array<StoredEvent & { in_reply_to: string[]; content: string }>
    expect(answers).toHaveLength(1)
    expect(answers[0]?.content).toBe('Both.')
    expect(answers[0]?.in_reply_to).toHaveLength(2)
  })

  it('supersedes an answer that was being shown, before the new question', async () => {
    const { following } = await follow()
    await send('One?')
    const first = await assistant.answer()
    first.say('Half an')
    await collect(following, (all) => all.some((event) => event.type === 'delta'))
    await send('Two?')
    const second = await assistant.answer()
    expect(second.questions).toEqual(['One?', 'Two?'])
    first.say(' answer')
    second.say('All of it.')
    second.finish()
    await expect.poll(log).toHaveLength(4)
    const events = await log()
    expect(events.map((event) => ('status' in event ? `${event.role} ${event.status} ${event.content}` : event.type))).toEqual([
      'visitor complete One?',
      'assistant superseded Half an',
      'visitor complete Two?',
      'assistant complete All of it.',
    ])
  })

  it('stops where the answer stands, and says no more', async () => {
    const { following } = await follow()
    await send('One?')
    const answer = await assistant.answer()
    answer.say('Half')
    await collect(following, (all) => all.some((event) => event.type === 'delta'))
    await hall.service.act(visitor, here(), { type: 'stop' })
    answer.say(' more')
    answer.finish()
    expect((await log()).at(-1)).toMatchObject({ status: 'stopped', content: 'Half' })
    expect(await hall.service.act(visitor, here(), { type: 'stop' })).toEqual({})
    expect(await log()).toHaveLength(2)
  })

  it('marks what a dying assistant had shown, and answers after all', async () => {
    const { following } = await follow()
    await send('One?')
    const first = await assistant.answer()
    first.say('Half')
    await collect(following, (all) => all.some((event) => event.type === 'delta'))
    first.fail()
    const second = await assistant.answer()
    expect(second.degraded).toBe(false)
    second.fail()
    const third = await assistant.answer()
    expect(third.degraded).toBe(true)
    third.say('Here.')
    third.finish()
    await expect.poll(log).toHaveLength(3)
    const statuses = (await log()).map((event) => 'status' in event && event.status)
    expect(statuses).toEqual(['complete', 'interrupted', 'complete'])
  })

  it('never leaves a question without an answer', async () => {
    await send('One?')
    for (let run = 0; run < 3; run += 1) (await assistant.answer()).fail()
    await expect.poll(log).toHaveLength(2)
    expect((await log()).at(-1)).toMatchObject({ status: 'complete', decision: { kind: 'offer_person' } })
  })

  it('takes up after a restart what the process before left open', async () => {
    const { following } = await follow()
    await send('One?')
    const lost = await assistant.answer()
    lost.say('Half')
    await collect(following, (all) => all.some((event) => event.type === 'delta'))
    await database.close()

    database = await openSqlite(directory.path, silent)
    const next = puppet()
    hall = createHall(createSessionStore(database, 'store', Date.now), createLocalBus(), next.respond)
    expect(await hall.turns.recover()).toBe(1)
    const answer = await next.answer()
    answer.say('Whole.')
    answer.finish()
    await expect.poll(log).toHaveLength(3)
    const texts = (await log()).map((event) => 'status' in event && `${event.status}: ${event.content}`)
    expect(texts).toEqual(['complete: One?', 'interrupted: Half', 'complete: Whole.'])
    expect(await hall.turns.recover()).toBe(0)
  })

  it('refuses an unknown command and runs a known one beside a running answer', async () => {
    await expect(send('/nonsense')).rejects.toMatchObject({ code: 'unknown_command' })
    await send('One?')
    const answer = await assistant.answer()
    await send('/test')
    await expect.poll(log).toHaveLength(3)
    expect((await log()).at(-1)).toMatchObject({ type: 'command_response', command: 'test' })
    answer.say('Still here.')
    answer.finish()
    await expect.poll(log).toHaveLength(4)
  })

  it('closes an idle session once, asks for a rating once, and reopens', async () => {
    await send('One?')
    const answer = await assistant.answer()
    answer.finish()
    await expect.poll(log).toHaveLength(2)
    await hall.service.closeIdle(Date.now() + 1)
    await hall.service.closeIdle(Date.now() + 1)
    expect((await log()).map((event) => event.type)).toEqual(['message', 'message', 'session_closed', 'feedback_request'])
    await hall.service.act(visitor, here(), { type: 'feedback', rating: 4, comment: 'good' })
    await expect(hall.service.act(visitor, here(), { type: 'feedback', rating: 5 })).rejects.toMatchObject({ code: 'conflict' })
    await send('More?')
    expect((await hall.views.status(here())).status).toBe('active')
    expect((await log()).at(-2)?.type).toBe('session_reopened')
  })

  it('begins anew after a reset and in another epoch after erasure', async () => {
    await send('Secret?')
    await hall.service.reset(here())
    expect((await log()).map((event) => event.type)).toEqual(['session_reset'])
    expect(await hall.views.info(here())).toMatchObject({ message_count: 0, history: [] })
    await hall.service.erase(here())
    expect(await log()).toEqual([])
    await expect(hall.service.erase(here())).rejects.toMatchObject({ code: 'not_found' })
  })
})
