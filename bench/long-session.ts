import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '#lib/config.ts'
import { createDesk } from '#lib/desk.ts'

/**
 * P-13: the processor time of a message in a session that holds 10,000 of them, and of one among the first ten, in
 * milliseconds; the same questions by turns. Prints one line of JSON a round.
 */
const ROUNDS = 8
const LONG = 10_000
const SHORT = 10
/** Messages of each kind in a round. */
const BLOCK = 200
const questions = ['How long does shipping take?', 'What is your return policy?', 'Do you repair laptops?', 'How can I pay?', 'thanks']

const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-bench-'))
const desk = await createDesk(readConfig({ DATA_DIR: dataDir, RATE_LIMIT: 'off', LOG_LEVEL: 'fatal', OFFLINE_PACE_MS: '0' }))
const long = desk.session('long')
for (let asked = 0; asked < LONG / 2; asked += 1) await ask(long, asked)

for (let round = 0; round < ROUNDS; round += 1) {
  const first = await costOf(async () => {
    for (let asked = 0; asked < BLOCK; asked += SHORT / 2) {
      const session = desk.session()
      for (let at = 0; at < SHORT / 2; at += 1) await ask(session, at)
    }
  })
  const late = await costOf(async () => {
    for (let asked = 0; asked < BLOCK; asked += 1) await ask(long, asked)
  })
  // The first round warms up.
  if (round > 0) console.log(JSON.stringify({ first, late }))
}
await desk.close()
rmSync(dataDir, { recursive: true, force: true })

async function ask(session: typeof long, at: number): Promise<void> {
  await session.ask(questions[at % questions.length] ?? '')
}

/** Milliseconds of processor time for each message of a block. */
async function costOf(block: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await block()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / BLOCK
}
