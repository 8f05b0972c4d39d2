import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createLocalBus } from '#lib/bus/local-bus.ts'
import type { Action } from '#lib/protocol/actions.ts'
import type { StoredEvent } from '#lib/protocol/events.ts'
import { collect, createHall, puppet, ref } from './fixtures.ts'
import { createMemoryStore, emptyData } from './memory-store.ts'
import type { SessionStore } from './ports.ts'

const visitor = { role: 'visitor' } as const
/** Expects what comes of itself; the limit is for machines that have much else to do. */
const soon = <T>(look: () => T) => expect.poll(look, { interval: 1, timeout: 4000 })

/** How sessions end, and what is said of them then. */

describe('the service', () => {
  let data: ReturnType<typeof emptyData>
  let store: SessionStore
  let hall: ReturnType<typeof createHall>
  let assistant: ReturnType<typeof puppet>

  beforeEach(() => {
    data = emptyData()
    store = createMemoryStore(Date.now, data)
    assistant = puppet()
    hall = createHall(store, createLocalBus(), assistant.respond)
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

  describe('asks for a person', () => {
    it('once, also in a session in which nothing was said', async () => {
      expect(await act({ type: 'handoff', reason: 'a refund' })).toEqual({ seq: 1 })
      expect(await act({ type: 'handoff' })).toEqual({ duplicate: true })
      expect(await log()).toMatchObject([{ type: 'handoff', state: 'requested', reason: 'a refund' }])
      expect(await hall.views.status(here())).toMatchObject({ status: 'waiting', mode: 'ai' })
    })

    it('in a closed session by opening it again', async () => {
      await act({ type: 'handoff' })
      await act({ type: 'close' })
      await act({ type: 'handoff' })
      expect(await types()).toEqual(['handoff', 'session_closed', 'session_reopened', 'handoff'])
    })

    it('and still answers meanwhile', async () => {
      await act({ type: 'handoff' })
      await send('One?')
      expect((await assistant.answer()).questions).toEqual(['One?'])
    })
  })

  describe('closes a session', () => {
    it('once, ending the answer that runs', async () => {
      const { following } = await follow()
      await send('One?')
      ;(await assistant.answer()).say('Half')
      await collect(following, (all) => all.some((event) => event.type === 'delta'))
      await act({ type: 'close' })
      expect(await act({ type: 'close' })).toEqual({ duplicate: true })
      expect(await types()).toEqual(['message', 'message', 'session_closed', 'feedback_request'])
      expect((await log())[1]).toMatchObject({ status: 'stopped', content: 'Half' })
      expect(hall.turns.working()).toBe(0)
    })

    it('and asks how it was only who said something and has not rated', async () => {
      await act({ type: 'handoff' })
      await act({ type: 'close' })
      await send('One?')
      await act({ type: 'feedback', rating: 3 })
      await act({ type: 'close' })
      expect(await types()).not.toContain('feedback_request')
    })

    it('that is idle, and no other', async () => {
      const [idle, busy] = [ref('idle'), ref('busy')]
      for (const each of [idle, busy]) await hall.service.act(visitor, each, { type: 'message', text: '/test' })
      const record = data.sessions.get(idle.key)?.record
      if (record) record.lastAt = 1
      await hall.service.closeIdle(2)
      expect((await store.find(idle.key))?.status).toBe('closed')
      expect((await store.find(busy.key))?.status).toBe('active')
    })

    it('unless something was said in it just now', async () => {
      await send('One?')
      const found = await store.idle(Date.now() + 1, 9)
      vi.spyOn(store, 'idle').mockResolvedValue(found)
      await hall.service.closeIdle(1)
      expect(await types()).toEqual(['message'])
    })
  })

  describe('takes marks and grades', () => {
    it('of what was read, not beyond the end', async () => {
      await send('One?')
      expect(await act({ type: 'read', seq: 1 })).toEqual({ seq: 2 })
      expect(await act({ type: 'read', seq: 1 })).toEqual({ duplicate: true })
      await expect(act({ type: 'read', seq: 9 })).rejects.toMatchObject({ code: 'invalid' })
      expect((await log()).at(-1)).toMatchObject({ type: 'read', role: 'visitor', up_to: 1 })
    })

    it('of an answer, by its id, as often as one likes', async () => {
      const { message_id: asked = '' } = await send('One?')
      ;(await assistant.answer()).finish()
      await soon(types).toHaveLength(2)
      const { message_id = '' } = (await log())[1] as StoredEvent & { message_id: string }
      const thumb = (id: string, rating: 'up' | 'down' = 'up') => act({ type: 'feedback', rating, message_id: id })
      await thumb(message_id)
      await thumb(message_id, 'down')
      expect((await log()).at(-1)).toMatchObject({ type: 'feedback', rating: 'down', message_id })
      await expect(thumb(asked)).rejects.toMatchObject({ code: 'not_found' })
      await expect(thumb('another')).rejects.toMatchObject({ code: 'not_found' })
    })

    it('of the session, until there is a comment', async () => {
      await hall.service.begin(here())
      for (const rating of [2, 4]) await act({ type: 'feedback', rating })
      await act({ type: 'feedback', rating: 5, comment: 'Quick.' })
      expect(await act({ type: 'feedback', rating: 5, comment: 'Quick.' })).toEqual({ duplicate: true })
      await expect(act({ type: 'feedback', rating: 5, comment: 'Slow.' })).rejects.toMatchObject({ code: 'conflict' })
      await expect(act({ type: 'feedback', rating: 1 })).rejects.toMatchObject({ code: 'conflict' })
      expect((await log()).at(-1)).toMatchObject({ rating: 5, comment: 'Quick.' })
    })

    it.each<Action>([
      { type: 'feedback', rating: 'up' },
      { type: 'feedback', rating: 5, message_id: 'm' },
    ])('not of the other kind: $rating', async (action) => {
      await hall.service.begin(here())
      await expect(act(action)).rejects.toMatchObject({ code: 'invalid' })
    })
  })

  describe('lets go', () => {
    it('of the answer that runs when all is cleared', async () => {
      await send('One?')
      const answer = await assistant.answer()
      await hall.service.reset(here())
      await soon(() => hall.turns.working()).toBe(0)
      answer.say('Too late')
      answer.finish()
      expect(await types()).toEqual(['session_reset'])
      expect(await store.find(here().key)).toMatchObject({ turns: [], messageCount: 0 })
    })

    it('of everybody who follows an erased session', async () => {
      await send('One?')
      const { following } = await follow()
      const ending = collect(following, (all) => all.length > 1)
      await hall.service.erase(here())
      await expect(ending).rejects.toMatchObject({ code: 'unauthorized' })
      await soon(() => hall.turns.working()).toBe(0)
    })
  })
})
