import { expect, it } from 'vitest'
import { Program } from './program.ts'

it('npm run check:mcp-client finds every scenario of the official suite passed or not applicable', { timeout: 150_000 }, async () => {
  const program = new Program('scripts/check-mcp-client.ts')
  expect(await program.ended, `${program.output}\n${program.errors}`).toBe(0)
  for (const scenario of ['initialize', 'tools_call', 'sse-retry'])
    expect(program.output).toMatch(new RegExp(`passed +${scenario} +Passed: (\\d+)/\\1`))
  expect(program.output).toMatch(/\n3 passed, 23 not applicable, 0 failed\n$/)
})
