import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Attachment, Entry, StoredEvent } from '#lib/protocol/events.ts'
import type { OpenTurn, SessionRef, SessionStore, Transaction } from './ports.ts'

/** A store under test, with a way to close and open it again on the same data. */
export interface OpenedStore {
  store: SessionStore
  reopen: () => Promise<SessionStore>
  close: () => Promise<void>
}

const MINUTE = 60_000
const question = (text: string, client_msg_id?: string): Entry => {
  return {
    type: 'message',
    role: 'visitor',
    status: 'complete',
    message_id: `m-${text}`,
    content: text,
    ...(client_msg_id && { client_msg_id }),
  }
}
const note = (content: string): Entry => ({ type: 'system', content })
const numbers = (events: StoredEvent[]) => events.map(({ seq }) => seq)
const texts = (events: StoredEvent[]) => events.map((event) => 'content' in event && event.content)
const upTo = (end: number) => Array.from({ length: end }, (_, index) => index + 1)

/** What every store of sessions promises. `open` makes an empty one that tells the time by `now`. */
export function sessionStoreContract(name: string, open: (now: () => number) => Promise<OpenedStore>): void {
  describe(`${name}, as a store of sessions,`, () => {
    let opened: OpenedStore
    let store: SessionStore
    let time = Date.UTC(2026, 0, 1)
    let count = 0

    beforeAll(async () => {
      opened = await open(() => time)
      store = opened.store
    })
    afterAll(() => opened.close())

    const fresh = (incarnation = 0): SessionRef => ({ key: `session-${++count}`, name: `name-${count}`, incarnation })
    const write = <T>(ref: SessionRef, work: (tx: Transaction) => Promise<T>) => store.transact(ref, { make: true }, work)
    const append = (ref: SessionRef, ...entries: Entry[]) => write(ref, (tx) => tx.append('visitor', ...entries))

    describe('transactions', () => {
      test('number a log without gaps, whoever else writes and fails', async () => {
        const ref = fresh()
        const writers = upTo(40).map((number) =>
          write(ref, async (tx) => {
            const first = await tx.append('visitor', note(`${number} begins`))
            await Promise.resolve()
            if (number % 4 === 0) throw new Error('a change of mind')
            return [...first, ...(await tx.append('visitor', note(`${number} ends`)))]
          }),
        )
        const written = (await Promise.allSettled(writers)).flatMap((each) => (each.status === 'fulfilled' ? each.value : []))
        const log = await store.read(ref, 'visitor', 0, 1000)
        expect(numbers(log)).toEqual(upTo(60))
        expect(log).toEqual(written.sort((a, b) => a.seq - b.seq))
        expect((await store.find(ref.key))?.seq).toEqual({ visitor: 60, desk: 0 })
      })

      test('leave nothing when they fail', async () => {
        const ref = fresh()
        const attempt = (client_msg_id: string) =>
          write(ref, async (tx) => {
            await tx.append('visitor', question('Hello', client_msg_id))
            tx.session.messageCount = 7
            throw new Error('a change of mind')
          })
        await expect(attempt('c1')).rejects.toThrow('a change of mind')
        expect(await store.find(ref.key)).toBeUndefined()
        await append(ref, note('begin'))
        await expect(attempt('c1')).rejects.toThrow('a change of mind')
        expect(await store.find(ref.key)).toMatchObject({ messageCount: 0, seq: { visitor: 1 } })
        expect(texts(await append(ref, question('Hello', 'c1')))).toEqual(['Hello'])
        expect(texts(await store.read(ref, 'visitor', 0, 9))).toEqual(['begin', 'Hello'])
      })

      test('make a session only where they may', async () => {
        const ref = fresh()
        const look = store.transact(ref, {}, async () => 'seen')
        await expect(look).rejects.toMatchObject({ code: 'not_found' })
        await write(ref, async () => undefined)
        expect(await store.find(ref.key)).toMatchObject({ ...ref, createdAt: time, lastAt: time, status: 'active', turns: [] })
        expect(await store.transact(ref, {}, async () => 'seen')).toBe('seen')
      })

      test.each(['just made', 'made before'])('save what was changed in a record %s, all of it', async (made) => {
        const ref = fresh()
        if (made === 'made before') await append(ref, note('begin'))
        const counts = { messageCount: 3, resetSeq: 2, holderVersion: 4, tokenVersion: 5, readSeq: 1 }
        const changed = {
          ...counts,
          status: 'waiting',
          survey: 'commented',
          grade: { rating: 4, comment: 'ok' },
          waitingSince: 1_700_000_000_123,
        } as const
        const shown = { text: 'Half "an\n👋', citations: [{ n: 1, source: 's', title: 't', excerpt: 'e' }] }
        const turns = [turn('t1', { shown }), turn('t2')]
        await write(ref, async (tx) => Object.assign(tx.session, structuredClone({ ...changed, turns })))
        expect(await store.find(ref.key)).toMatchObject({ ...changed, turns })
        await write(ref, async (tx) => Object.assign(tx.session, { turns: [] }))
        expect(await store.find(ref.key)).toMatchObject({ ...changed, turns: [] })
      })

      test('alone change a record', async () => {
        const ref = fresh()
        await append(ref, note('begin'))
        const found = await store.find(ref.key)
        if (found) found.seq.visitor = 99
        expect((await store.find(ref.key))?.seq.visitor).toBe(1)
      })

      test('see what they wrote, which nobody else does yet', async () => {
        const ref = fresh()
        await write(ref, async (tx) => {
          await tx.append('visitor', question('Hello', 'c1'))
          expect(await tx.messageByClientId('c1')).toMatchObject({ content: 'Hello', seq: 1 })
          expect(await store.read(ref, 'visitor', 0, 9)).toEqual([])
          expect(await store.find(ref.key)).toBeUndefined()
        })
      })

      test('stamp what they write with the time and the name', async () => {
        const ref = fresh()
        await append(ref, note('begin'))
        time += MINUTE
        const [event] = await append(ref, note('later'))
        expect(event).toEqual({ ...note('later'), seq: 2, session_id: ref.name, timestamp: new Date(time).toISOString() })
        expect(await store.find(ref.key)).toMatchObject({ createdAt: time - MINUTE, lastAt: time })
      })
    })

    describe('a client_msg_id', () => {
      test('names one message of a session for ever', async () => {
        const ref = fresh()
        await append(ref, question('Hello', 'c1'), { type: 'session_reset', content: '' })
        expect(await write(ref, (tx) => tx.messageByClientId('c1'))).toMatchObject({ content: 'Hello', seq: 1 })
        expect(await write(ref, (tx) => tx.messageByClientId('c2'))).toBeUndefined()
        await expect(append(ref, question('Hello again', 'c1'))).rejects.toThrow()
        expect(await store.read(ref, 'visitor', 0, 9)).toHaveLength(2)
      })

      test('is free in every other session', async () => {
        const [one, other] = [fresh(), fresh()]
        await append(one, question('Hello', 'c1'))
        expect(await write(other, (tx) => tx.messageByClientId('c1'))).toBeUndefined()
        expect(await append(other, question('Hello', 'c1'))).toHaveLength(1)
      })
    })

    describe('a log', () => {
      test('is read in pages after a seq', async () => {
        const ref = fresh()
        await append(ref, ...upTo(5).map((number) => note(`${number}`)))
        expect(numbers(await store.read(ref, 'visitor', 0, 2))).toEqual([1, 2])
        expect(numbers(await store.read(ref, 'visitor', 2, 9))).toEqual([3, 4, 5])
        expect(await store.read(ref, 'visitor', 5, 9)).toEqual([])
        expect(await store.read(fresh(), 'visitor', 0, 9)).toEqual([])
      })

      test('of the desk is numbered for itself and hidden from the other', async () => {
        const ref = fresh()
        await write(ref, async (tx) => {
          await tx.append('visitor', note('to all'))
          await tx.append('desk', note('between us'), question('unheard'))
          await tx.append('visitor', note('to all again'))
          expect(await tx.messageById('m-unheard')).toBeUndefined()
        })
        expect(texts(await store.read(ref, 'visitor', 0, 9))).toEqual(['to all', 'to all again'])
        expect(numbers(await store.read(ref, 'desk', 0, 9))).toEqual([1, 2])
        expect((await store.find(ref.key))?.seq).toEqual({ visitor: 2, desk: 2 })
        expect(await store.messages(ref, { after: 0, limit: 9 })).toEqual([])
      })

      test('gives its latest messages, oldest first', async () => {
        const ref = fresh()
        await append(ref, question('one'), note('not said'), question('two'), question('three'))
        expect(texts(await store.messages(ref, { after: 0, limit: 9 }))).toEqual(['one', 'two', 'three'])
        expect(texts(await store.messages(ref, { after: 0, limit: 2 }))).toEqual(['two', 'three'])
        expect(texts(await store.messages(ref, { after: 1, limit: 9 }))).toEqual(['two', 'three'])
      })

      test('leaves out of them what was replaced, and keeps it in the log', async () => {
        const ref = fresh()
        await append(ref, question('one'), question('two'), { type: 'replaced', message_id: 'm-one' }, question('three'))
        expect(texts(await store.messages(ref, { after: 0, limit: 2 }))).toEqual(['two', 'three'])
        expect(texts(await write(ref, (tx) => tx.latestMessages(9)))).toEqual(['two', 'three'])
        expect(await store.read(ref, 'visitor', 0, 9)).toHaveLength(4)
        const other = fresh()
        await append(other, question('one'))
        expect(texts(await store.messages(other, { after: 0, limit: 9 }))).toEqual(['one'])
      })

      test('gives a transaction the messages since the session began anew', async () => {
        const ref = fresh()
        await write(ref, async (tx) => {
          await tx.append('visitor', question('before'), { type: 'session_reset', content: '' }, question('after'))
          tx.session.resetSeq = 2
        })
        expect(texts(await write(ref, (tx) => tx.latestMessages(9)))).toEqual(['after'])
      })

      test('finds a message by its id, and nothing but a message', async () => {
        const ref = fresh()
        await append(ref, question('one'), { type: 'feedback', rating: 'up', message_id: 'rated' })
        expect(await write(ref, (tx) => tx.messageById('m-one'))).toMatchObject({ content: 'one' })
        expect(await write(ref, (tx) => tx.messageById('rated'))).toBeUndefined()
        expect(await write(fresh(), (tx) => tx.messageById('m-one'))).toBeUndefined()
      })
    })

    describe('files', () => {
      const file = (file_id: string, size = 1): Attachment => ({ file_id, name: `${file_id}.png`, media_type: 'image/png', size })

      test('belong to a session, oldest first, and go with it', async () => {
        const [ref, other] = [fresh(), fresh()]
        const before = await store.filesSize()
        for (const id of ['b', 'a']) {
          await write(ref, (tx) => tx.addFile(file(id, 10)))
          time += MINUTE
        }
        await write(other, (tx) => tx.addFile(file('a', 100)))
        expect(await store.files(ref)).toEqual([file('b', 10), file('a', 10)])
        expect(await store.filesSize()).toBe(before + 120)
        expect(await write(ref, (tx) => tx.files(['a', 'unknown']))).toEqual([file('a', 10)])
        expect(await write(ref, (tx) => tx.files([]))).toEqual([])
        expect(await write(ref, (tx) => tx.files())).toHaveLength(2)
        await store.erase(ref.key)
        expect(await store.files(ref)).toEqual([])
        expect(await store.files(other)).toHaveLength(1)
      })

      test('are not there when their transaction fails', async () => {
        const ref = fresh()
        const failing = write(ref, async (tx) => {
          await tx.addFile(file('a'))
          throw new Error('no')
        })
        await expect(failing).rejects.toThrow('no')
        expect(await store.files(ref)).toEqual([])
      })
    })

    describe('the sessions', () => {
      test('are listed by their latest activity, page by page, each once', async () => {
        time += 60 * MINUTE
        const before = await store.count()
        const refs = upTo(7).map(() => fresh())
        for (const [index, ref] of refs.entries()) {
          // Two in each minute, the second some seconds later.
          time += index % 2 === 0 ? MINUTE : 1000
          await append(ref, note('here'))
        }
        const pages: string[][] = []
        let next: string | null | undefined
        do {
          const page = await store.list({ limit: 3, ...(next ? { before: next } : {}) })
          pages.push(page.sessions.map(({ key }) => key))
          next = page.next
        } while (next !== null && pages.length < 3)
        expect(pages.flat().slice(0, 7).sort()).toEqual(refs.map(({ key }) => key).sort())
        expect(pages[0]).toEqual(
          refs
            .slice(-3)
            .reverse()
            .map(({ key }) => key),
        )
        expect(await store.count()).toBe(before + 7)
        const all = await store.list({ limit: 1000 })
        expect(all.next).toBeNull()
        expect(all.sessions).toHaveLength(before + 7)
      })

      test.each(['', 'nonsense', '12', 'x:y'])('are not listed from %j on', async (before) => {
        await expect(store.list({ limit: 3, before })).rejects.toMatchObject({ code: 'invalid' })
      })

      test('are idle when they are open, something was said, and nothing since', async () => {
        const now = time
        time = 1000 * MINUTE
        const made = { idle: fresh(), closed: fresh(), unused: fresh(), busy: fresh() }
        await write(made.idle, async (tx) => (tx.session.messageCount = 1))
        await write(made.closed, async (tx) => Object.assign(tx.session, { messageCount: 1, status: 'closed' }))
        await write(made.unused, async () => undefined)
        time += 1
        await write(made.busy, async (tx) => (tx.session.messageCount = 1))
        const keys = async (before: number, limit = 9) => (await store.idle(before, limit)).map(({ key }) => key)
        expect(await keys(time - 1)).toEqual([made.idle.key])
        expect(await keys(time - 2)).toEqual([])
        expect((await keys(time)).sort()).toEqual([made.idle.key, made.busy.key].sort())
        expect(await keys(time, 1)).toHaveLength(1)
        time = now
      })

      test('with open turns are found until their turns are closed', async () => {
        const [open, other] = [fresh(), fresh()]
        const keys = async () => (await store.withOpenTurns(1000)).map(({ key }) => key)
        await append(other, note('nothing to do'))
        await write(open, async (tx) => tx.session.turns.push(turn('t1')))
        expect(await keys()).toEqual([open.key])
        expect((await store.withOpenTurns(1))[0]?.turns).toEqual([turn('t1')])
        await write(open, async (tx) => (tx.session.turns = []))
        expect(await keys()).toEqual([])
      })
    })

    test('who waits for a person is found by since when, until they are told', async () => {
      const [first, second, told] = [fresh(), fresh(), fresh()]
      const waits = (ref: SessionRef, since: number, more = {}) =>
        write(ref, async (tx) => void Object.assign(tx.session, { status: 'waiting', waitingSince: since, ...more }))
      await waits(second, 2000)
      await waits(first, 1000)
      await waits(told, 1000, { toldNobodyCame: true })
      const found = async (before: number) => (await store.waiting(before, 10)).map(({ key }) => key)
      expect(await found(999)).toEqual([])
      expect(new Set(await found(2000))).toEqual(new Set([first.key, second.key]))
      expect((await store.find(told.key))?.toldNobodyCame).toBe(true)
    })

    test('who holds a session, who it is of and what it awaits are kept', async () => {
      const ref = fresh()
      const kept = {
        operator: { id: 'o-1', name: 'Olivia' },
        customer: { id: 'c-1', name: 'Alice', email: 'alice@example.com', via: 'pin' as const, mayOrder: true },
        awaitsPin: { email: 'alice@example.com' },
        approvals: [],
      }
      await write(ref, async (tx) => void Object.assign(tx.session, kept))
      expect(await store.find(ref.key)).toMatchObject(kept)
    })

    describe('an erased session', () => {
      test('is gone, with all it said, once', async () => {
        const [ref, other] = [fresh(), fresh()]
        await append(ref, question('Secret', 'c1'))
        await append(other, question('Mine'))
        const before = await store.count()
        expect(await store.erase(ref.key)).toBe(true)
        expect(await store.erase(ref.key)).toBe(false)
        expect(await store.find(ref.key)).toBeUndefined()
        expect(await store.read(ref, 'visitor', 0, 9)).toEqual([])
        expect(await store.count()).toBe(before - 1)
        expect(texts(await store.read(other, 'visitor', 0, 9))).toEqual(['Mine'])
      })

      test('lives again as another one', async () => {
        const ref = fresh()
        expect(await store.incarnation(ref.key)).toBe(0)
        await append(ref, question('Hello', 'c1'), note('more'))
        for (const life of [1, 2]) {
          await store.erase(ref.key)
          expect(await store.incarnation(ref.key)).toBe(life)
          const again = { ...ref, incarnation: life }
          expect(numbers(await append(again, question('Hello', 'c1')))).toEqual([1])
          expect((await store.find(ref.key))?.incarnation).toBe(life)
        }
      })

      test('is closed to who knew it before', async () => {
        const old = fresh()
        await append(old, note('begin'))
        await store.erase(old.key)
        await expect(append(old, note('a ghost'))).rejects.toMatchObject({ code: 'not_found' })
        expect(await store.find(old.key)).toBeUndefined()
        await append({ ...old, incarnation: 1 }, note('begin'))
        await expect(append(old, note('a ghost'))).rejects.toMatchObject({ code: 'not_found' })
        expect(texts(await store.read({ ...old, incarnation: 1 }, 'visitor', 0, 9))).toEqual(['begin'])
      })
    })

    test('keeps everything when it is opened again', async () => {
      const [ref, erased] = [fresh(), fresh()]
      await append(ref, question('Hello', 'c1'))
      await store.transact(ref, {}, async ({ session }) => {
        session.context = 'I run a school.'
      })
      await append(erased, note('gone'))
      await store.erase(erased.key)
      const [record, epoch, total] = [await store.find(ref.key), store.epoch, await store.count()]
      const log = await store.read(ref, 'visitor', 0, 9)
      store = await opened.reopen()
      expect(store.epoch).toBe(epoch)
      expect(await store.find(ref.key)).toEqual(record)
      expect(await store.read(ref, 'visitor', 0, 9)).toEqual(log)
      expect(await store.incarnation(erased.key)).toBe(1)
      expect(await store.count()).toBe(total)
      expect(numbers(await append(ref, note('and on')))).toEqual([2])
    })
  })
}

function turn(id: string, more: Partial<OpenTurn> = {}): OpenTurn {
  return { id, lane: 'answer', questions: ['m-1', 'm-2'], attempt: 2, crashes: 1, messageId: `m-${id}`, holderVersion: 0, ...more }
}
