import { expect, it } from 'vitest'
import { scenarios } from '../../scripts/mcp-checks/scenarios.ts'
import { Program } from './program.ts'

it('npm run check:mcp finds every scenario of the official suite passed or not applicable', { timeout: 240_000 }, async () => {
  const program = new Program('scripts/check-mcp.ts')
  expect(await program.ended, `${program.output}\n${program.errors}`).toBe(0)
  const lines = program.output.split('\n').filter((line) => /^(passed|-) /.test(line))
  expect(lines).toHaveLength(Object.keys(scenarios).length)
  expect(lines.filter((line) => line.startsWith('passed'))).toHaveLength(24)
  expect(program.output).toMatch(/\n24 passed, 8 not applicable, 0 failed\n$/)
})
