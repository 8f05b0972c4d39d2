import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Articles enough for the questions of these tests: a desk that is started again and again is ready sooner with few. */
const articles = ['shipping-times.md', 'returns-policy.md']

/** A knowledge folder with few articles. */
export function smallKnowledge(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'frontdesk-knowledge-'))
  for (const article of articles) copyFileSync(join('knowledge', article), join(path, article))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
