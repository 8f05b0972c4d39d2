import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { action } from './actions.ts'
import { errorCodes, verdict } from './errors.ts'
import { entry, transient } from './events.ts'
import { apiDocument } from './openapi.ts'

const text = readFileSync('docs/protocol.md', 'utf8')
const rows = text.split('\n').filter((line) => line.startsWith('| '))

/** The first cells of the rows that name something, which is where a table says what it is about. */
function tabled(name: string): string[] {
  return rows.filter((row) => (row.split(' | ')[0] ?? '').includes(`\`${name}\``))
}

describe('docs/protocol.md', () => {
  const events = [...entry.options, ...transient.options].map(({ shape }) => shape.type.value)
  const actions = action.options.map(({ shape }) => shape.type.value)

  test.each([...new Set([...events, ...actions])])('has a row for %s', (type) => {
    expect(tabled(type)).not.toHaveLength(0)
  })

  test.each(errorCodes)('says what becomes of the error %s', (code) => {
    const { status, close, retryable } = verdict(code)
    const [, http, closes, retry] = (tabled(code)[0] ?? '')
      .split('|')
      .slice(1)
      .map((cell) => cell.trim())
    expect([http, closes, retry]).toEqual([String(status), close === undefined ? '' : String(close), retryable ? 'yes' : 'no'])
  })

  test('names every address that is published, and no other', () => {
    const published = Object.keys(apiDocument('1.0.0').paths)
    const named = rows.flatMap((row) => [...row.matchAll(/`(?:(?:GET|POST|PATCH|DELETE) )?(\/[a-z][^`?]*)`/g)].map(([, path = '']) => path))
    expect([...new Set(named)].sort()).toEqual(published.sort())
  })
})
