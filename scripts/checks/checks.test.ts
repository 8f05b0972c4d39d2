import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { violations } from './boundaries.ts'
import { falsehoods } from './documents.ts'

describe('boundaries', () => {
  test.each([
    ['lib/protocol/events.ts', "import { randomUUID } from 'node:crypto'"],
    ['lib/protocol/events.ts', "import { createLog } from '#lib/session/log.ts'"],
    ['lib/session/log.ts', "import type { Kysely } from 'kysely'"],
    ['lib/session/log.ts', "import { createLocalBus } from '../bus/local-bus.ts'"],
    ['lib/store/rows.ts', "import { desk } from '#lib/registry.ts'"],
    ['lib/store/shop-store.ts', "import { openShop } from '#lib/shop/shop.ts'"],
    ['lib/shop/shop.ts', "import { createShopStore } from '#lib/store/shop-store.ts'"],
    ['lib/assistant/plan.ts', "import { openSqlite } from '#lib/store/sqlite-database.ts'"],
    ['lib/transport/server/chat.ts', "const { createDesk } = await import('#lib/desk.ts')"],
    ['lib/transport/client/sse.ts', "import WebSocket from 'ws'"],
    ['lib/desk.ts', "import { ChatPage } from '#components/chat/chat-page.tsx'"],
    ['components/chat/log.tsx', "import { headers } from 'next/headers'"],
    ['app/api/chat/route.ts', "import { createDesk } from '#lib/desk.ts'"],
    ['e2e/faults/visitor.ts', "import { createLog } from '#lib/session/log.ts'"],
  ])('%s may not say %s', (file, source) => {
    expect(violations(file, source)).toHaveLength(1)
  })

  test.each([
    ['lib/protocol/events.ts', "import { z } from 'zod'\nimport { messageId } from './ids.ts'"],
    ['lib/session/log.ts', "import { DeskError } from '#lib/protocol/errors.ts'"],
    ['lib/session/service.test.ts', "import { createLocalBus } from '#lib/bus/local-bus.ts'"],
    ['lib/desk.ts', "import { createLocalBus } from './bus/local-bus.ts'"],
    ['lib/store/shop-store.ts', "import type { ShopStore } from '#lib/shop/ports.ts'"],
    ['app/page.tsx', "import { desk } from '#lib/registry.ts'"],
    ['server.ts', "import next from 'next'"],
  ])('%s may say %s', (file, source) => {
    expect(violations(file, source)).toEqual([])
  })

  test('says what to do instead', () => {
    expect(violations('lib/session/log.ts', "import next from 'next'")[0]).toMatch(
      /^lib\/session\/log\.ts imports next\. .*session\/ports\.ts/,
    )
  })
})

describe('documents', () => {
  const known = { scripts: ['start', 'talk'], exists: (path: string) => path === 'lib/desk.ts' || path === 'docs/deploy.md' }

  test('names what does not exist, with its line', () => {
    const text = 'See `lib/desk.ts` and [how](deploy.md).\nBut `lib/nothing.ts`, [there](gone.md) and `npm run sing`.'
    expect(falsehoods('docs/a.md', text, known)).toEqual([
      'docs/a.md:2 names lib/nothing.ts, which does not exist.',
      'docs/a.md:2 links to docs/gone.md, which does not exist.',
      'docs/a.md:2 names the npm script "sing", which does not exist.',
    ])
  })

  test('leaves addresses, other sites and parts of longer words alone', () => {
    const text = '`/api/chat`, https://example.com/lib/x, [out](https://example.com/docs/x), `npm start`, `npm run talk -- --url`, mylib/x'
    expect(falsehoods('docs/a.md', text, known)).toEqual([])
  })
})

describe('docs/seed-trace.md', () => {
  const rows = [...readFileSync('docs/seed-trace.md', 'utf8').matchAll(/^\| (S\d-\d\d) \| ([^|]+) \| ([^|]*) \|(.*)\|$/gm)]
  const promises = { S0: 39, S1: 24, S2: 38, S3: 34, S4: 27 }

  test('has one row for each promise', () => {
    const ids = Object.entries(promises).flatMap(([seed, count]) =>
      Array.from({ length: count }, (_, index) => `${seed}-${String(index + 1).padStart(2, '0')}`),
    )
    expect(rows.map(([, id]) => id)).toEqual(ids)
  })

  test.each(rows.map(([, id, , state = '', where = '']) => ({ id, state, where })))(
    '$id has a state, and a place if it is kept',
    ({ state, where }) => {
      expect(state).toMatch(/^(kept|other|next: (models|shop|people|scale))$/)
      if (!state.startsWith('next')) expect(where.trim()).not.toBe('')
    },
  )
})
