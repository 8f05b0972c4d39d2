import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { tempDirectory } from '#lib/session/fixtures.ts'
import { banner } from './banner.ts'
import { readConfig } from './config.ts'
import { createDesk, type Desk } from './desk.ts'

let directory: ReturnType<typeof tempDirectory>
let desk: Desk | undefined
beforeEach(() => {
  directory = tempDirectory()
  mkdirSync(join(directory.path, 'knowledge'))
})
afterEach(async () => {
  await desk?.close()
  directory.remove()
})

async function rows(settings: Record<string, string> = {}): Promise<Record<string, string>> {
  const [DATA_DIR, KNOWLEDGE_DIR] = [join(directory.path, 'data'), join(directory.path, 'knowledge')]
  desk = await createDesk(readConfig({ DATA_DIR, KNOWLEDGE_DIR, LOG_LEVEL: 'silent', ...settings }))
  const lines = banner(desk, { address: '127.0.0.1', family: 'IPv4', port: 8000 }).split('\n')
  return Object.fromEntries(
    lines
      .flatMap((line) => [
        /^ {2}(\S.{9}) (.*)$/
          .exec(line)
          ?.slice(1)
          .map((part) => part.trim()) ?? [],
      ])
      .filter(([name]) => name),
  )
}

describe('the banner', () => {
  test('says where the articles are', async () => {
    writeFileSync(join(directory.path, 'knowledge', 'hours.md'), '# Hours\n\nWe open at nine.')
    expect(await rows()).toMatchObject({
      address: 'http://localhost:8000',
      knowledge: `1 article in ${join(directory.path, 'knowledge')}`,
    })
  })

  test('says that there are none', async () => {
    expect((await rows()).knowledge).toBe(
      `no articles in ${join(directory.path, 'knowledge')}: the desk can answer nothing until there are some (.md, .txt)`,
    )
  })

  test.each([
    ['http://desk.example.com', true],
    ['http://192.168.1.7:8000', true],
    ['https://desk.example.com', false],
    ['http://localhost:8000', false],
    ['http://127.0.0.1:8000', false],
    ['http://[::1]:8000', false],
  ])('warns of a public address that anybody on the way can read: %s', async (PUBLIC_URL, warned) => {
    expect('warning' in (await rows({ PUBLIC_URL }))).toBe(warned)
  })
})
