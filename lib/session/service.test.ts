import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createLocalBus } from '#lib/bus/local-bus.ts'
import type { Action } from '#lib/protocol/actions.ts'
import { DeskError } from '#lib/protocol/errors.ts'
import type { LiveEvent, StoredEvent } from '#lib/protocol/events.ts'
import { collect, createHall, puppet, ref } from './fixtures.ts'
import { createMemoryStore, emptyData } from './memory-store.ts'
import type { Allow, Bus, SessionStore } from './ports.ts'

const visitor = { role: 'visitor' } as const
/** Expects what comes of itself; the limit is for machines that have much else to do. */
const soon = <T>(look: () => T) => expect.poll(look, { interval: 1, timeout: 4000 })
const isAnswer = (event: LiveEvent) => event.type === 'message' && event.role === 'assistant'

describe('the service', () => {
  let data: ReturnType<typeof emptyData>
  let store: SessionStore
  let bus: Bus
  let hall: ReturnType<typeof createHall>
  let assistant: ReturnType<typeof puppet>
  let allow: ReturnType<typeof vi.fn<Allow>>

  function begin(): void {
    store = createMemoryStore(Date.now, data)
    bus = createLocalBus()
    assistant = puppet()
    allow = vi.fn<Allow>().mockResolvedValue()
    hall = createHall(store, bus, assistant.respond, { allow })
  }
  beforeEach(() => {
    data = emptyData()
    begin()
  })

  const here = () => ref('session-1')
  const act = (action: Action) => hall.service.act(visitor, here(), action)
  const send = (text: string, client_msg_id?: string) => act({ type: 'message', text, ...(client_msg_id && { client_msg_id }) })
  const types = async () => (await log()).map(({ type }) => type)
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
    await soon(log).toHaveLength(4)
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
    await act({ type: 'stop' })
    answer.say(' more')
    answer.finish()
    expect((await log()).at(-1)).toMatchObject({ status: 'stopped', content: 'Half' })
    expect(await act({ type: 'stop' })).toEqual({})
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
    await soon(log).toHaveLength(3)
    const statuses = (await log()).map((event) => 'status' in event && event.status)
    expect(statuses).toEqual(['complete', 'interrupted', 'complete'])
  })

  it('never leaves a question without an answer', async () => {
    await send('One?')
    for (let run = 0; run < 3; run += 1) (await assistant.answer()).fail()
    await soon(log).toHaveLength(2)
    expect((await log()).at(-1)).toMatchObject({ status: 'complete', decision: { kind: 'offer_person' } })
  })

  it('takes up after a restart what the process before left open', async () => {
    const { following } = await follow()
    await send('One?')
    const lost = await assistant.answer()
    lost.say('Half')
    await collect(following, (all) => all.some((event) => event.type === 'delta'))

    begin()
    expect(await hall.turns.recover()).toBe(1)
    const answer = await assistant.answer()
    answer.say('Whole.')
    answer.finish()
    await soon(log).toHaveLength(3)
    const texts = (await log()).map((event) => 'status' in event && `${event.status}: ${event.content}`)
    expect(texts).toEqual(['complete: One?', 'interrupted: Half', 'complete: Whole.'])
    expect(await hall.turns.recover()).toBe(0)
  })

  it('refuses an unknown command and runs a known one beside a running answer', async () => {
    await expect(send('/nonsense')).rejects.toMatchObject({ code: 'unknown_command' })
    await send('One?')
    const answer = await assistant.answer()
    await send('/test')
    await soon(log).toHaveLength(3)
    expect((await log()).at(-1)).toMatchObject({ type: 'command_response', command: 'test' })
    answer.say('Still here.')
    answer.finish()
    await soon(log).toHaveLength(4)
  })

  it('closes an idle session once, asks for a rating once, and reopens', async () => {
    await send('One?')
    const answer = await assistant.answer()
    answer.finish()
    await soon(log).toHaveLength(2)
    await hall.service.closeIdle(Date.now() + 1)
    await hall.service.closeIdle(Date.now() + 1)
    expect((await log()).map((event) => event.type)).toEqual(['message', 'message', 'session_closed', 'feedback_request'])
    await act({ type: 'feedback', rating: 4, comment: 'good' })
    await expect(act({ type: 'feedback', rating: 5 })).rejects.toMatchObject({ code: 'conflict' })
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
    // Who came before has no part in what begins now, whoever begins it.
    await expect(log()).rejects.toMatchObject({ code: 'unauthorized' })
    await expect(hall.service.erase(here())).rejects.toMatchObject({ code: 'not_found' })
  })

  describe('asks first whether the sender may send', () => {
    it('and takes nothing if not', async () => {
      allow.mockRejectedValue(new DeskError('rate_limited', 'Slowly.', 3))
      await expect(send('One?')).rejects.toMatchObject({ code: 'rate_limited' })
      expect(await store.find(here().key)).toBeUndefined()
    })

    it('and asks about all that is written, not about what passes by', async () => {
      await act({ type: 'typing', is_typing: true })
      expect(allow).not.toHaveBeenCalled()
      await send('One?')
      await act({ type: 'handoff' })
      await act({ type: 'feedback', rating: 4 })
      expect(allow.mock.calls).toEqual(Array(3).fill([visitor, here()]))
    })
  })

  it('does not end a running answer for a message that came before', async () => {
    const { following } = await follow()
    await send('One?', 'c1')
    ;(await assistant.answer()).say('Half')
    await collect(following, (all) => all.some((event) => event.type === 'delta'))
    await send('One?', 'c1')
    expect(await types()).toEqual(['message'])
  })

  it('takes a repeated command once', async () => {
    const first = await send('/test', 'c1')
    await soon(types).toEqual(['message', 'command_response'])
    expect(await send('/test', 'c1')).toMatchObject({ seq: first.seq, duplicate: true })
    expect(await types()).toHaveLength(2)
  })

  it('leaves to the operator what is said while one holds the session', async () => {
    await hall.service.begin(here())
    await store.transact(here(), {}, async ({ session }) => {
      session.status = 'human'
    })
    await send('One?')
    expect((await store.find(here().key))?.turns).toEqual([])
  })

  it('tells who follows that the visitor types, and writes nothing', async () => {
    const heard = vi.fn()
    bus.subscribe(here().key, heard)
    expect(await act({ type: 'typing', is_typing: true })).toEqual({})
    expect(heard).toHaveBeenCalledExactlyOnceWith({ type: 'live', event: { type: 'typing', role: 'visitor', is_typing: true } })
    expect(await log()).toEqual([])
  })

  it('says a word to every session, but to one that is gone', async () => {
    const [one, gone] = [ref('one'), ref('gone')]
    await hall.service.begin(gone)
    await store.erase(gone.key)
    await hall.service.broadcast([one, gone], 'We close soon.')
    expect(await store.read(one, 'visitor', 0, 9)).toMatchObject([{ type: 'broadcast', content: 'We close soon.' }])
    expect(await store.find(gone.key)).toBeUndefined()
  })

  it.each<Action>([{ type: 'stop' }, { type: 'close' }, { type: 'read', seq: 1 }, { type: 'feedback', rating: 1 }])(
    'makes no session for $type',
    async (action) => {
      await expect(act(action)).rejects.toMatchObject({ code: 'not_found' })
      expect(await store.find(here().key)).toBeUndefined()
    },
  )
})
