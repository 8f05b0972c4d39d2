import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskProcess, startDesk } from '../support/desk-process.ts'
import { asksForTokens } from '../support/sign-in.ts'
import { Program } from './program.ts'

async function check(url: string, ...flags: string[]): Promise<{ code: number | null; lines: string[] }> {
  const program = new Program('scripts/check-auth.ts', ['--url', url, ...flags])
  const code = await program.ended
  expect(program.errors).toBe('')
  return { code, lines: program.output.trim().split('\n') }
}

describe('npm run check:auth', () => {
  let desk: DeskProcess
  beforeAll(async () => {
    desk = await startDesk(asksForTokens)
  })
  afterAll(() => desk.dispose())

  it('goes through all that a customer does at a desk in order, again and again', { timeout: 60_000 }, async () => {
    for (let round = 0; round < 2; round += 1) {
      const { code, lines } = await check(desk.url)
      expect(lines.slice(0, -2).filter((line) => !line.startsWith('ok'))).toEqual([])
      expect(lines.at(-1)).toBe('Customers get in, and nobody else.')
      expect(code).toBe(0)
    }
  })

  it('says what to do where nobody can sign in', async () => {
    const { code, lines } = await check(desk.url, '--email', 'nobody@example.com')
    expect(lines.find((line) => line.includes('PIN in the chat sign in'))).toMatch(/^FAILED .*--email and --pin/)
    expect(lines.filter((line) => line.includes('not tried')).length).toBeGreaterThan(5)
    expect(code).toBe(1)
  })
})

describe('npm run check:auth against a desk without a shop', () => {
  it('finds that nobody is asked for a PIN', { timeout: 60_000 }, async () => {
    const desk = await startDesk({ SHOP: 'off' })
    try {
      const { code, lines } = await check(desk.url)
      expect(lines.filter((line) => line.startsWith('FAILED')).join('\n')).toMatch(
        /asked for e-mail and PIN[\s\S]*can browse[\s\S]*sign in/,
      )
      expect(code).toBe(1)
    } finally {
      await desk.dispose()
    }
  })
})
