import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Knowledge, openKnowledge } from './knowledge.ts'

interface Line {
  level: string
  message: string
  reason?: string
  file?: string
}

describe('while the desk runs', { timeout: 20_000 }, () => {
  let place: string
  let folder: string
  let knowledge: Knowledge
  let lines: Line[]
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text)
  const titles = () => knowledge.articles().map(({ title }) => title)
  const said = (message: string) => lines.filter((line) => line.message.includes(message))
  const note = (level: string) => (details: object, message: string) => void lines.push({ level, message, ...details })
  const log = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') }

  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'frontdesk-reload-'))
    folder = join(place, 'knowledge')
    lines = []
    mkdirSync(folder)
    write('hours.md', '---\ntitle: Opening hours\nlanguage: en\n---\nWe are open from 9 to 5.')
  })
  afterEach(async () => {
    await knowledge.close()
    rmSync(place, { recursive: true, force: true })
  })

  test('an article that is changed is read again, and one that is removed is gone', async () => {
    knowledge = await openKnowledge(folder, log)
    write('returns.md', '---\ntitle: Returns\nlanguage: en\n---\nReturns take ten days.')
    await expect.poll(titles).toEqual(['Opening hours', 'Returns'])
    expect(knowledge.search('How long do returns take?').hits[0]?.article.title).toBe('Returns')
    rmSync(join(folder, 'hours.md'))
    await expect.poll(titles).toEqual(['Returns'])
  })

  test('an article that is broken stays as it was, and what is wrong is one line', async () => {
    knowledge = await openKnowledge(folder, log)
    write('hours.md', '---\ntitle: "Opening" hours\n---\nWe are open from 10 to 4.')
    await expect.poll(() => said('could not be read')).toHaveLength(1)
    const [line] = said('could not be read')
    expect(line).toEqual({
      level: 'warn',
      message: 'an article could not be read: it stays as it was',
      file: 'hours.md',
      reason: 'its front matter is no YAML: Unexpected scalar at node end (line 2)',
    })
    await expect.poll(() => said('read again')).toHaveLength(1)
    expect(titles()).toEqual(['Opening hours'])
    write('hours.md', '---\ntitle: New hours\nlanguage: en\n---\nWe are open from 10 to 4.')
    await expect.poll(titles).toEqual(['New hours'])
  })

  test.each(['is deleted', 'is renamed'])('a folder that %s leaves its articles, and is watched when there is one again', async (how) => {
    knowledge = await openKnowledge(folder, log)
    if (how === 'is deleted') rmSync(folder, { recursive: true })
    else renameSync(folder, join(place, 'elsewhere'))
    await expect.poll(() => said('folder is gone'), { timeout: 5000 }).toHaveLength(1)
    expect(titles()).toEqual(['Opening hours'])
    mkdirSync(folder)
    write('returns.md', '# Returns\n\nReturns take ten days.')
    await expect.poll(titles, { timeout: 5000 }).toEqual(['Returns'])
    write('shipping.md', '# Shipping\n\nShipping takes a week.')
    await expect.poll(titles, { timeout: 5000 }).toEqual(['Returns', 'Shipping'])
    expect(lines.filter((line) => JSON.stringify(line).includes('    at '))).toEqual([])
  })

  test('another folder that takes its place is read and watched', async () => {
    knowledge = await openKnowledge(folder, log)
    const next = join(place, 'next')
    mkdirSync(next)
    writeFileSync(join(next, 'returns.md'), '# Returns\n\nReturns take ten days.')
    renameSync(folder, join(place, 'before'))
    renameSync(next, folder)
    await expect.poll(titles, { timeout: 5000 }).toEqual(['Returns'])
    write('shipping.md', '# Shipping\n\nShipping takes a week.')
    await expect.poll(titles, { timeout: 5000 }).toEqual(['Returns', 'Shipping'])
  })

  test('reading again keeps nobody waiting', async () => {
    cpSync('knowledge', folder, { recursive: true })
    knowledge = await openKnowledge(folder, log)
    // In processor time of this thread: who else is at work on the machine does not count.
    const used = () => process.threadCpuUsage().user / 1000
    const began = used()
    let longest = 0
    let last = began
    let watch: NodeJS.Immediate | undefined
    const look = () => {
      longest = Math.max(longest, used() - last)
      last = used()
      watch = setImmediate(look)
    }
    look()
    write('hours.md', '# New hours\n\nWe are open from 10 to 4.')
    await expect.poll(titles, { interval: 5, timeout: 10_000 }).toContain('New hours')
    clearImmediate(watch)
    // In one piece it would be nearly all of it.
    expect(longest).toBeLessThan((used() - began) / 3)
  })
})
