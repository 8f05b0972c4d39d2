import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { type DeskProcess, startDesk } from '../support/desk-process.ts'
import { Program } from '../tools/program.ts'

const root = mkdtempSync(join(tmpdir(), 'frontdesk-backup-'))
const running: DeskProcess[] = []
afterEach(async () => {
  for (const desk of running.splice(0)) await desk.dispose()
  rmSync(root, { recursive: true, force: true })
})

async function start(settings: Record<string, string> = {}): Promise<DeskProcess> {
  const desk = await startDesk(settings)
  running.push(desk)
  return desk
}

async function say(desk: DeskProcess, message: string): Promise<void> {
  const body = JSON.stringify({ message, session_id: 'remembered' })
  expect((await fetch(`${desk.url}/api/chat`, { method: 'POST', body })).status).toBe(200)
}

async function read(desk: DeskProcess, cursor: string) {
  const response = await fetch(`${desk.url}/api/session/remembered/events?${cursor}`)
  return (await response.json()) as { epoch: string; recovered: boolean; events: Array<{ content?: string }> }
}

it('a backup of a running desk holds what it had, as another life of it', { timeout: 90_000 }, async () => {
  const desk = await start()
  await say(desk, 'When are you open?')
  const copy = join(root, 'copy')
  const backup = new Program('scripts/backup.mjs', [copy], { DATA_DIR: desk.dataDir })
  expect(await backup.ended, backup.errors).toBe(0)
  expect(statSync(copy).mode & 0o077).toBe(0)
  await say(desk, 'Can I pay with PayPal?')
  const { epoch } = await read(desk, 'after=0')

  const restored = await start({ DATA_DIR: copy })
  await say(restored, 'How do I return something?')
  await say(restored, 'How long does shipping take?')
  const page = await read(restored, `epoch=${epoch}&after=4`)
  expect(page.recovered).toBe(false)
  expect(page.events.map(({ content }) => content)).toContain('When are you open?')
  expect(page.events.map(({ content }) => content)).not.toContain('Can I pay with PayPal?')
  expect(restored.adminKey()).toBe(desk.adminKey())
})

it.each([
  [[], {}, /Say where to/],
  [['package.json'], {}, /package\.json exists already/],
  [[join(root, 'other')], { DATA_DIR: root }, /There is no data in/],
])('says what it needs: %j', async (flags, settings, sentence) => {
  const backup = new Program('scripts/backup.mjs', flags, settings)
  expect(await backup.ended).toBe(2)
  expect(backup.errors).toMatch(sentence)
})
