import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { createDesk } from './desk.ts'

const own = { SUGGESTED_QUESTIONS: 'Where is my order?|Do you repair phones?' }

test.each([
  ['the questions that the owner names', own, ['Where is my order?', 'Do you repair phones?']],
  ['else those of the articles', {}, expect.arrayContaining(['When is the store open?'])],
])('offers to begin with %s', async (_, settings, questions) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-desk-'))
  const desk = await createDesk(readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent', SHOP: 'off', ...settings }))
  try {
    expect(desk.frontPage().suggestions).toEqual(questions)
  } finally {
    await desk.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
})
